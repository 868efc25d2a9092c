package extract

import (
	"cmp"
	"slices"
	"strings"
)

// What councils share is told by a verb or an adjective of sharing, and by the thing that is shared. The verb says that there is a bond,
// the thing of which kind: who "shares a database" has a shared system, who "shares a planning team" a joint service.

// A bond is a turn of phrase that says that councils share something.
type bond struct {
	// Group k is the word that says so; x the thing, if it stands behind it, b if before.
	re *pattern
	// Where nothing in the thing says what it is: a kind, or "" if the phrase then says nothing.
	otherwise string
	// The thing may be anything that councils do: "fines", "council tax".
	anyService bool
	// There must be two councils in the clause itself, whoever was spoken of before.
	explicit bool
	// The thing is used by another: a service that is lent is a system, unless people do it.
	lends bool
	// It says that a council is one of those that an arrangement told before has.
	joins bool
	// Only what a council has done behind its counters is a bond: its wages, its taxes, its machines.
	backOffice bool
	// It only says where something lies: no bond of its own where the same councils have another.
	weak bool
}

var (
	// What runs on machines, or is one.
	systemNouns = wordSet(`system network platform server database software website webpage site portal catalogue infrastructure hardware cloud domain tenancy tenant machine mainframe
		box kit rack cabinet firewall backbone ict technology computer app intranet register storage connection link interface feed exchange switchboard telephony telephone phone tool product
		environment hosting provision backup email e-mail drive computing datacentre directory wi-fi wifi`)
	// Who does the work, or how it is put together.
	serviceNouns = wordSet(`service team department unit office staff workforce employee worker desk helpdesk hub function partnership agency committee management executive
		venture scheme programme centre contract crew operation directorate section division officer director chief panel board arrangement organisation bureau lawyer solicitor planner collector warden
		engineer surveyor inspector auditor adviser trust control audit procurement payroll administration enforcement collection depot post legal unit manager boss group structure college body`)
	firmWords = wordSet(`company firm business supplier provider contractor vendor`)
	// "provides help to": no standing service.
	onlyHelps = mustCompile(`^(?:(?:its|their|some|any|extra|further|technical|expert|free|more|mutual|practical|emergency) )*(?:help|support|money|funding|income|grants?|power|water|news|orders|evidence|assistance|aid|advice|guidance|information|evidence|details?|staff|laptops|computers|engineers|experts|a hand|(?:an? |the )?(?:\w+ )?(?:update|warning|apology|copy|letter|report|reply|answer|statement|list|question|complaint|response)s?)$`)
	// "a joint statement", "a shared response": of the incident, or of no work at all.
	ofTheMoment = mustCompile(`^(?:[\w-]+ ){0,2}(?:committee of|incident|statement|response|investigation|inquiry|recovery (?:plan|team|effort|cell|group|operation)|operation|letter|press|appeal|plea|message|meeting|briefing|exercise|task ?force|rescue|effort|bid|proposal)s?\b`)
	forGood     = mustCompile(`^(?:[\w-]+ ){0,2}(?:fraud|debt|planning|letters?) `)
	// "one of them", "one who".
	noThing  = mustCompile(`^(?:so|of|or|and|to|in|on|at|for|who|that|which|by|from|with|is|was|has|had)(?: |$)`)
	backRoom = mustCompile(`\b(?:payroll|wages|salaries|pay|council tax|business rates|rates|revenues|benefits?|fines|penalty|audit|pensions?|it|ict|phones?|calls|licensing|licences|elections?|legal|procurement|invoices|billing|bills|building control|applications|records|archive|appeals|refunds|claims|permits|hr|human resources|accounts)\b`)
	// "shares data with the police": with no council.
	withWhom = mustCompile(`^[^.;:<]{2,80}? with (?:the |its |their |both |two |three |several |a |some )*([a-z][^.;:<,]*|<)`)
	aCouncil = mustCompile(`\b(?:city|county)(?:$|[^'\w])|\b(?:councils?|authorit(?:y|ies)|boroughs?|districts?|neighbours?|neighbouring|partners?|others?|it|them|us|one another|each other|another|pair|two|three|four)\b`)
	byPeople = mustCompile(`\b(?:team|staff|officers|cent(?:re|er)|depot|desk|crews?|office|lawyers|workers)\b`)
	notThat  = mustCompile(`,? (?:but|though|although|and) (?:not|no|none)\b|,? rather than\b| not (?:an?|the|its|any)\b`)
	// Where a noun phrase goes over into another.
	phraseCut = mustCompile(`,| and | & | or | plus | of | from | to | for | with | in | on | at | by | that  but | which | who | whose | under | through | between | is | are | was | were | has | have | had `)
	oneWord   = mustCompile(`[a-z][a-z'&-]*`)
)

const (
	council  = `(?:both |neighbouring |nearby |next-door |fellow |smaller |larger |little |the |its |their |our )*(?:neighbours?,? |partners?,? |counterparts?,? )?(?:the )?<c\d+>`
	people   = `(?:(?:an? |the )?(?:[\w-]+ ){0,2}(?:teams?|staff|officers|workers|people|colleagues|inspectors|crews?|lawyers) (?:at|of|in|from) )?`
	does     = `(?:runs?|ran|running|operat(?:es?|ed|ing)|provid(?:es?|ed|ing)|deliver(?:s|ed|ing)?|handl(?:es?|ed|ing)|manag(?:es?|ed|ing)|suppl(?:y|ies|ied|ying)|administer(?:s|ed|ing)?|process(?:es|ed|ing)?|collect(?:s|ed|ing)?|look(?:s|ed|ing)? after|carr(?:y|ies|ied|ying) out|does|do|did|doing|perform(?:s|ed|ing)?|undertak(?:es?|ing)|maintain(?:s|ed|ing)?|issu(?:es?|ed|ing)|answer(?:s|ed|ing)?|host(?:s|ed|ing)?|hous(?:es?|ed|ing)|staff(?:s|ed)?|fund(?:s|ed|ing)?|commission(?:s|ed|ing)?|buys?|bought|purchas(?:es?|ed)|procur(?:es?|ed)|employ(?:s|ed)?|organis(?:es?|ed|ing)|prints?|printed|own(?:s|ed)?|arrang(?:es?|ed)|offer(?:s|ed)?)`
	done     = `(?:run|operated|provided|delivered|handled|managed|supplied|administered|processed|collected|looked after|carried out|done|dealt with|performed|undertaken|maintained|issued|answered|hosted|housed|staffed|funded|commissioned|bought|purchased|procured|organised|printed|arranged|offered|kept|stored|held)`
	gives    = `(?:outsource[sd]?|contract(?:s|ed)?|hand(?:s|ed)?|transfer(?:s|red)?|pass(?:es|ed)|entrust(?:s|ed)?|delegate[sd]?|farm(?:s|ed)?|sub-?contract(?:s|ed)?|moved)`
	jointly  = `(?:together|jointly|in (?:close |formal )?(?:partnership|tandem|harness|common|conjunction|collaboration|cooperation|co-operation)|hand in hand|alongside|collectively)`
	before60 = `(?P<b>[\w'& -]{3,60}?)`
	being    = `(?:(?:is|are|was|were|has been|have been|had been|being) )?(?:\w+ly |also |now |both |all |already |still )*`
)

var bonds = []bond{
	// "shares a licensing team with", "pooled its staff with". Not: "shares the concern of".
	{re: mustCompile(`\b(?P<k>shar(?:es?|ed|ing)|pool(?:s|ed|ing)?|combin(?:es?|ed|ing)|merg(?:es?|ed|ing)) (?:with ` + council + ` |<c\d+>'s )?(?P<x>[^.;:<]{2,90})`)},
	// "a platform that it shares", "the audit office it shares with".
	{re: mustCompile(before60 + `,? (?:(?:that|which) )?(?:it|they|we|the (?:two|three|four)(?: cities| counties| boroughs| districts| towns| neighbours| authorities)?|the pair|both|<c\d+>(?:'s \w+)?) (?:and <c\d+> )?(?:now |also |both |all |already |still |has |have |had |long )*(?P<k>shar(?:es?|ed))\b`)},
	{re: mustCompile(before60 + `,? (?:(?:that|which) )?` + being + `(?P<k>shared|used jointly|jointly used) (?:by|with|between|among|across)\b`)},
	// "a joint audit service", "shared servers", "a jointly run depot". Not: "a joint statement".
	{re: mustCompile(`\b(?P<k>shared|joint|jointly[- ](?:run|owned|managed|operated|funded|commissioned|provided|staffed|held)|partnering|(?:two|three|four|five)-way) (?P<x>[^.;:<]{2,60})`)},
	// "run off a single estate of servers", "one team serves". Not: "one server was hit".
	{re: mustCompile(`\b(?P<k>common|combined|single|one|merged) (?P<x>[^.;:<]{2,60})`), explicit: true},
	// "uses the same catalogue as", "kept on that same machine". Not: "the same firm".
	{re: mustCompile(`\b(?P<k>same|compromised|affected|stricken|hacked) (?P<x>[^.;:<]{2,50}?) (?:as|for) ` + council)},
	{re: mustCompile(`\b(?:us(?:es?|ed|ing)|on|in|from|through|via|behind|over|off|by|into|has|have|runs?|ran|with) (?:the|that|one and the) (?:very )?(?P<k>same) (?P<x>[^.;:<]{2,50})`), explicit: true},
	{re: mustCompile(`\b(?:both|all|also) (?:us(?:es?|ed)|runs?|ran|rely on|relies on) (?:the|that|this) (?P<k>compromised|affected|stricken|hacked|breached) (?P<x>[^.;:<]{2,50})`)},
	{re: mustCompile(`\b(?P<k>one and the same) as\b`), otherwise: "SHARED_SYSTEM"},
	// "the stricken server is also used by".
	{re: mustCompile(before60 + `,? (?:(?:that|which) )?(?:(?:is|are|was|were|has been|have been) )?(?:also|both|too) (?P<k>used|relied on) (?:also )?by ` + council)},
	{re: mustCompile(before60 + `,? (?:(?:that|which) )?(?:it|they|we|<c\d+>|the (?:two|three|pair|councils|neighbours)) (?:have|has|had|hold|run|use) in (?P<k>common)\b`)},
	{re: mustCompile(`\b(?:have|has|had|hold|run|runs|use|uses) (?P<x>[^.;:<]{3,50}?) in (?P<k>common)\b`)},
	// "runs a leisure trust with", "operates the depot together with". Not: "stood together with".
	{re: mustCompile(`\b(?P<k>` + does + `) (?P<x>[^.;:<]{2,90}?),? ` + jointly + ` (?:with|by) `), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(before60 + `,? (?:(?:that|which) )?` + being + `(?P<k>` + done + `|jointly ` + done + `),? (?:both )?` + jointly + ` (?:with|by) `), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>` + done + `|jointly ` + done + `),? (?:both )?` + jointly + ` (?:with|by) `), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?:together|jointly|along|in partnership|in tandem) with ` + council + `,? (?:it|we|they|<c\d+>) (?:\w+ly |also |now |both )*(?P<k>` + does + `) (?P<x>[^.;:<]{2,70})`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>jointly (?:` + does + `|commissioned by|owned by|run by|managed by|provided by)) (?P<x>[^.;:<]{2,70})`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>` + does + `) (?P<x>[^.;:<]{2,90}?) (?:jointly|between them|as one)\b`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>` + does + `) (?:their|all their) (?:it|ict|technology|computing|information technology) together\b`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>` + does + `) (?P<x>(?:an?|one|the|their|all their) [^.;:<]{2,60}?) together\b`)},
	{re: mustCompile(before60 + `,? (?:(?:that|which) )?(?:it|they|we|<c\d+>|the (?:city|county|borough|district|council|authority))(?: and <c\d+>)? ` + does + ` (?P<k>between them|jointly|together|as one)\b`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>run|managed|operated|staffed|work(?:ed|s)?) as (?:one|a single)\b`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>runs?|ran|operat(?:es?|ed|ing)|has|have|had|owns?|owned) (?P<x>(?:a|an|the|its|their|our) [^.;:<]{3,60}?) with ` + council), explicit: true},
	{re: mustCompile(`\b(?P<k>teamed up|joined forces|clubbed together|banded together) with ` + council + ` to (?:` + does + `) (?P<x>[^.;:<]{2,60})`), otherwise: "JOINT_SERVICE"},
	// "provides safeguarding advice to", "handles fines on behalf of". Not: "provides care for Exeter residents".
	{re: mustCompile(`<c\d+>(?:[^.;<]|<[as]\d+>){0,70}?\b(?P<k>` + does + `) (?P<x>[^.;:<]{2,70}?) (?:to|for|on behalf of) ` + council + `(?:$|[^' a-z<]| (?:and|under|as|since|until|at|from|in|by|on|with|but|which|who|is|was|are|were|has|have|had|said|says|too|also|over|through|while|after|before|because)\b)`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`<c\d+>, (?:which|who) (?:also |now )?(?P<k>` + does + `) (?P<x>[^.;:<]{2,70}?) (?:for|across|in|on behalf of|to) (?:both|the two|all three|the three|all four) (?:districts|boroughs|areas|councils|authorities|counties|cities|of them|neighbours)\b`), anyService: true, otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`<c\d+>[^.;<]{0,60}?\b(?P<k>provid(?:es?|ed|ing)|suppl(?:y|ies|ied)) ` + council + ` with (?P<x>[^.;:<]{2,60})`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`<c\d+>[^.;<]{0,40}?\b(?P<k>` + does + `) <c\d+>'s (?P<x>[^.;:<]{2,60})`), anyService: true, explicit: true},
	{re: mustCompile(`<c\d+>, (?:which|who) (?P<k>` + does + `) (?P<x>(?:the (?:pair|trio|partnership|councils)'s?|their|both councils'|its partners'|its neighbour's) [^.;:<]{2,60})`), anyService: true},
	{re: mustCompile(`<c\d+>[^.;<]{0,40}?\b(?P<k>hosts?|houses?|runs?|manages?|looks after|maintains?|operates?) (?P<x>[^.;:<]{2,50}?) of (?:both |the )*<c\d+>`), explicit: true},
	{re: mustCompile(`<c\d+>, for (?:which|whom) (?:<c\d+>|it|we|the (?:city|county|borough|district)(?: council)?) (?:also |now )?(?P<k>` + does + `) (?P<x>[^.;:<]{2,60})`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(before60 + ` (?:also |now )?(?P<k>covers|serves|works for|looks after|common to|used by both) ` + council)},
	// "fines are processed by Kent County Council": for the article's own.
	// Not: "libraries, which are run by Kent County Council", which are the county's own.
	{re: mustCompile(`(?:\b(?:its|their|our|all our|the (?:city|county|borough|district)'s)|<c\d+>'s) (?P<b>[\w'& -]{3,60}?)(?:,? (?:that|which))? ` + being + `(?P<k>` + done + `)(?: jointly)? by ` + people + council), anyService: true, otherwise: "JOINT_SERVICE"},
	{re: mustCompile(before60 + `(?:,? (?:that|which))? ` + being + `(?P<k>` + done + `)(?: for (?:it|them|us|` + council + `)| on (?:its|their|our|<c\d+>'s) behalf) by ` + people + council), anyService: true, otherwise: "JOINT_SERVICE"},
	{re: mustCompile(before60 + `(?:,? (?:that|which))? ` + being + `(?P<k>` + done + `) by ` + council), anyService: true, backOffice: true},
	{re: mustCompile(before60 + `(?:,? (?:that|which))? ` + being + `(?P<k>hosted|kept|stored|housed|handled|managed|run|answered) (?:in|at|from|out of) (?:the )?<c\d+>`), anyService: true, backOffice: true, weak: true},
	// "takes its broadband from", "relies on Kent County Council for". Not: "takes advice from".
	{re: mustCompile(`\b(?P<k>rel(?:y|ies|ied)|depends?) on ` + council + ` for\b`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>gets?|draws?|receives?|has|have|obtains?)(?: in)? (?P<x>(?:its|their|our|all|most|some|part|an?) [^.;:<]{3,50}?) from (?:` + council + `|the (?:city|county|borough|district|council|authority)\b)`), anyService: true},
	{re: mustCompile(`\b(?P<k>takes?|buys?|rents?|leases?|sources?|hires?)(?: in)? (?P<x>[^.;:<]{3,50}?) from (?:` + council + `|the (?:city|county|borough|district|council|authority)\b)`), anyService: true},
	{re: mustCompile(`\b(?P<k>buys?|bought|buying|gets?|sources?|hires?|obtains?|purchases)(?: in)? (?:its|their|our|all its|some of its|most of its) (?P<x>[^.;:<]{3,50}?) from (?:` + council + `|the (?:city|county|borough|district|council|authority)\b)`), anyService: true, otherwise: "JOINT_SERVICE"},
	// "keeps its backups in Kent's data centre", "sits on servers belonging to".
	{re: mustCompile(`\b(?P<k>us(?:es?|ed|ing)|on|in|at|from|through|via|into|off|behind) <c\d+>'s (?P<x>[^.;:<]{2,50})`), explicit: true, weak: true},
	{re: mustCompile(`\b(?:on|in|at|from|through|via|off) (?P<b>[^.;:<]{0,30}?) (?P<k>belonging to|owned by|operated by|run by|leased from|rented from|managed by|hosted by) ` + council), weak: true},
	{re: mustCompile(`\b(?P<k>rack space|server space|hosting|servers?|storage)\b[^.;<]{0,30}(?:from|at|in|with|on) ` + council), otherwise: "SHARED_SYSTEM", explicit: true, weak: true},
	{re: mustCompile(`<c\d+>, (?:with (?:whom|which)|whose) (?:[^.;<]{0,60})<c\d+>(?:[^.;<]{0,60})\b(?P<k>connection|link|database|catalogue|feed)\b`), otherwise: "SHARED_SYSTEM"},
	// "places children through the same duty team": with the article's own.
	{re: mustCompile(`<c\d+>, (?:which|who) [^.;<]{3,60}? (?:through|by|via|from|with) the (?P<k>same) (?P<x>[^.;:<]{2,50})`)},
	// "gets Exeter to collect its council tax", "pays Exeter to run its benefits service".
	{re: mustCompile(`\b(?P<k>gets?|got|pays?|paid|has|have|employs?|hires?|contracts?|commissions?|uses?|relies on|engages?|appointed|asks?|lets?) (?:` + council + `|the (?:city|county|borough|district)(?: council)?) to (?:` + does + `) (?P<x>[^.;:<]{2,70})`), anyService: true, otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>has|have|gets) (?P<x>(?:its|their|all its|some of its) [^.;:<]{3,50}?) (?:` + done + `) (?:for it |for them )?(?:by|at|in|through|from) ` + council), anyService: true},
	// "contracts its audit out to Kent", "Kent, to which it has handed its payroll".
	{re: mustCompile(`\b(?P<k>` + gives + `) (?:out |over )?(?P<x>(?:its|their|all its|some of its|the running of its|responsibility for) [^.;:<]{3,60}?) (?:over |out |on )?to (?:be ` + done + ` by )?` + council), anyService: true, otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`<c\d+>, to (?:which|whom) (?:<c\d+>|it|the (?:city|county|borough|district|council|authority))(?:'s)? (?:has |have |had )?(?P<k>` + gives + `) (?P<x>[^.;:<]{2,60})`), anyService: true, otherwise: "JOINT_SERVICE"},
	// "lets Derby use its booking system", "lets Derby's schools on to its platform".
	{re: mustCompile(`\b(?P<k>lets?|allow(?:s|ed|ing)?|permits?|gives?|grants?|letting) (?:some |many |all |a few |staff (?:at|from) |pupils (?:at|from) |schools in )*` + council + `(?:'s)? [^.;<]{0,60}?(?:use|access|log (?:on|in)|on|share|run|borrow)(?: of| to| on| in| into| onto)?(?: to)? (?:its|their|the same|parts? of its|the use of its|space on its|room on its) (?P<x>[^.;:<]{2,50})`), lends: true},
	// "holds its archive under a hosting agreement".
	{re: mustCompile(`\b(?P<k>hosting|data[- ]sharing platform|co-?location|shared hosting) (?:agreement|arrangement|deal|contract|service)\b`), otherwise: "SHARED_SYSTEM"},
	// "the revenues team collects council tax on behalf of Adur and Worthing".
	{re: mustCompile(`\b(?:team|service|partnership|office|unit|hub|department|centre|bureau|shared services?|section|staff|crews?),? (?:which |that |who |also |now )*(?P<k>` + does + `) (?P<x>[^.;:<]{2,80}?) (?:for|on behalf of) ` + council), anyService: true, otherwise: "JOINT_SERVICE", explicit: true},
	{re: mustCompile(`\b(?:site|website|server|servers|system|platform|network|database|portal|tenancy)\b,? (?:which |that |also |now )*(?P<k>carries|carried|hosts?|hosted|holds?|held|serves?|served|houses|runs?|contains|stores?) (?P<x>[^.;:<]{2,50}?) (?:of|for|from|belonging to) ` + council), otherwise: "SHARED_SYSTEM"},
	// "is connected to the same portal", "were wired into one switchboard".
	{re: mustCompile(`\b(?:connected|linked|wired|hooked up|plugged|logged|joined|tied|moved|hosted|kept|stored|based|housed|run) (?:up )?(?:to|into|on|onto|in|from) (?:the|that) (?P<k>same) (?P<x>[^.;:<]{2,50})`)},
	// "the third partner in the payroll team", "Derby, a member of the audit partnership".
	{re: mustCompile(`<c\d+>,? (?:is |was |which is |which was |the |a |an |another |also |one |its |their |other |third |fourth |second |last |remaining |founding |junior |<c\d+>'s |of |full |smaller |larger |two |three |four )*(?P<k>partners?|members?|part|parties|party|customers?|users?|owners?) (?:in|of|to|with) (?:<c\d+> (?:in|of) )?(?:the|that|this|its|a|an) (?P<x>[^.;:<]{2,50})`), joins: true},
	{re: mustCompile(`<c\d+>,? (?:which |who |that )?(?:also |has |have |had |later |since )*(?P<k>joined|signed up to|came into|belongs? to|belong to|bought into|takes? part in|is part of|are part of|is in|is also in) (?:the|that|this|its|a|an) (?:same )?(?P<x>[^.;:<]{2,50})`), joins: true},
	// "looks after Derby's pensions".
	{re: mustCompile(`<c\d+>[^.;<]{0,40}?\b(?P<k>looks after|runs|handles|does|administers|manages|collects) <c\d+>'s (?P<x>[^.;:<]{2,60})`), anyService: true, otherwise: "JOINT_SERVICE"},
	// What they own or set up together, or belong to.
	{re: mustCompile(`\b(?:own(?:s|ed)?|owning|controls?|founded|set up|co-own) [^.;]{0,40}?(?P<k>in equal (?:parts|shares|measure)|equally|between them|jointly)\b`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?P<k>owned (?:equally |jointly |wholly )*by|equal shareholders|joint owners|lead authority|over which the (?:two|three|pair)|set up\b[^.;]{0,50}\bto run)\b`), otherwise: "JOINT_SERVICE"},
	{re: mustCompile(`\b(?:the|a|an|our|their|its|one|called) (?:[\w&-]+ ){0,4}(?P<k>partnership|consortium|alliance)\b`), otherwise: "JOINT_SERVICE"},
}

var (
	// "the same software under separate contracts", "until May placed families through the same team".
	notShared = mustCompile(`\bseparate contracts?\b|\bon (?:\w+ ){0,2}of (?:its|their) own\b|\b(?:but|though|although) (?:\w+ ){0,4}(?:on|from|with) (?:its|their) own (?:\w+ )?(?:servers?|systems?|copy)\b|^[^"]*\bwe (?:wrongly |mistakenly )?(?:said|reported|wrote|stated) that\b|<c\d+>, (?:which|who) (?:until|once|used to|formerly|previously)\b`)
	// "no longer shares", "plans for a joint team", "stopped sharing": there is nothing of it now, or not yet.
	lapsed = mustCompile(`\b(?:no longer|used to|formerly|previously|stopped|ended|ceased|quit|scrapped|dropped|abandoned|rejected|shelved|consider(?:s|ed|ing)?|exploring|discuss(?:es|ed|ing)?|propos(?:al|als|e|es|ed|ing)|plans?|planned|planning to|talks|talking|negotiat\w+|looking (?:at|to)|mulling|weighing|agreed in principle|hop(?:es?|ed|ing) to|wants? to|wanted to|could one day|would|might|withdrew|pulled out|offer(?:ed|s)? to|until (?:(?:\w+ )?(?:19|20)\d\d|last|recently|then|this year|the (?:spring|summer|autumn|winter|end))|temporarily|for the time being|in the meantime)\b`)
	// "would be unable to, because its desk is run jointly": what stands before says nothing of the bond.
	lastReason = mustCompile(`^.*\b(?:because|whose)\b`)
	dropped    = mustCompile(`^[^.;]{0,80}\b(?:dropped|scrapped|abandoned|shelved|until (?:19|20)\d\d|ended in|came to an end|wound up)\b`)
	// Where a clause that speaks of others ends, before and behind a bond.
	otherClause = mustCompile(`;|,? but |, while |, whereas |, although |, though |\. |, as (?:is|are|has|have) `)
	clauseEnds  = mustCompile(`;|,? but |, while |, whereas |, although |, though |, (?:has|have|had|is|are|was|were|said|says|told|did|does|will|cut|pulled|closed|took|shut|[a-z]{2,}ed|which|who|whose|and (?:it|they|has|is|was|the|that))\b`)
	// "the joint network", "Exeter's joint committee": with whom is said elsewhere, or nobody.
	definite = mustCompile(`(?: the |<c\d+>'s )$`)
	// "Exeter said that Teignbridge shares a team with Torbay": who only says so.
	onlySays = mustCompile(`^(?:'s [\w' -]{1,40})?,? (?:has |have |had )?(?:said|says|confirmed|confirms|told \w+|added|explained|insisted|stressed)\b`)
	// "Teignbridge, which shares": whom the sharer clause is about.
	sharer  = mustCompile(`<c\d+>(?:'s)?(?: \([^)]*\))?,? (?:which|who|whose|that|with whom|with which)\b`)
	pronoun = mustCompile(`\b(?:it|they)(?: (?:also|now|both|has|have|had|already|still|jointly|\w+ly))* (?:` + does + ` )?(?:(?:a|an|the|its|their|all its) )?(?:[\w-]+ )?$`)
	// "to Exeter, East Devon and Torbay": the first of a list is no mere place.
	inList  = mustCompile(`^(?:,| and) <c`)
	fronted = mustCompile(`\b(?:along|together|jointly|in partnership|in tandem) with (?:both )?(?:the )?$`)
)

// momentary are the words behind which what is set up for the incident itself may stand.
var momentary = wordSet(`shared joint common combined single one merged same`)

// kindOfThing is the kind of arrangement that a thing makes, "" if it is nothing that councils share. at is where the phrase stands in
// the sentence.
//
// It reads "planning team" and "IT services" as JOINT_SERVICE, "planning system" as SHARED_SYSTEM; it must not read "concern" or "border".
func (t *tagged) kindOfThing(from, to int, last, anyService bool) string {
	phrase := t.low[from:to]
	if m := notThat.FindStringIndex(phrase); m != nil && !last {
		phrase = phrase[:m[0]] // "a building but not a network"
	}
	var runs [][2]int
	at := 0
	for _, m := range phraseCut.FindAllStringIndex(phrase, -1) {
		if m[0] >= at {
			runs = append(runs, [2]int{at, m[0]})
			at = m[1]
		}
	}
	runs = append(runs, [2]int{at, len(phrase)})
	if last {
		runs = runs[len(runs)-1:] // the noun that a sharer clause is about is the one before it
	}
	for _, r := range runs {
		kind, prev := "", ""
		for _, m := range oneWord.FindAllStringIndex(phrase[r[0]:r[1]], -1) {
			w := strings.Trim(phrase[r[0]+m[0]:r[0]+m[1]], "'-")
			switch begin := from + r[0] + m[0]; {
			case w == "it":
				if t.s[begin:begin+2] == "IT" {
					kind = "SHARED_SYSTEM"
				}
			case singular(w) == "centre" && (prev == "data" || prev == "computer" || prev == "server"), hasHead(systemNouns, w):
				kind = "SHARED_SYSTEM"
			case firmWords[singular(w)]:
				kind = "" // "the same web hosting firm" is a supplier
			case hasHead(serviceNouns, w), anyService && hasHead(serviceHeads, w) && !dull[w]:
				kind = "JOINT_SERVICE"
			}
			prev = w
		}
		if kind != "" {
			return kind
		}
	}
	return ""
}

// foreignWith is whether what is shared from this place on is shared with somebody who is no council: "the police".
func foreignWith(t *tagged, at int) bool {
	m := withWhom.FindStringSubmatch(t.low[at:])
	return m != nil && m[1] != "<" && !aCouncil.MatchString(m[1])
}

// A bonded is a bond as a sentence has it.
type bonded struct {
	*bond
	kind     string
	from, to int
}

// bondIn is the first bond in a sentence, nil if there is none.
func (t *tagged) bondIn() *bonded {
	if t.says(notShared) {
		return nil
	}
	var best *bonded
	for i := range bonds {
		b := &bonds[i]
		for _, m := range t.findParts(b.re) {
			key, kind := b.re.group(m, "k"), ""
			end := key[1]
			if x := b.re.group(m, "x"); x != nil {
				if thing := t.low[x[0]:x[1]]; noThing.MatchString(thing) || onlyHelps.MatchString(thing) || momentary[t.low[key[0]:key[1]]] && ofTheMoment.MatchString(thing) && !forGood.MatchString(thing) {
					continue
				}
				kind = t.kindOfThing(x[0], x[1], false, b.anyService)
				end = max(end, min(x[1], x[0]+12))
			} else if x := b.re.group(m, "b"); x != nil {
				kind = t.kindOfThing(x[0], x[1], true, b.anyService)
			}
			if b.backOffice && kind == "JOINT_SERVICE" && !backRoom.MatchString(t.low[max(0, key[0]-70):key[0]]) || foreignWith(t, key[1]) && strings.HasPrefix(t.low[key[0]:], "shar") {
				continue
			}
			if b.lends && kind == "JOINT_SERVICE" && !byPeople.MatchString(t.low[key[1]:min(len(t.low), key[1]+120)]) {
				kind = "SHARED_SYSTEM"
			}
			if kind = cmp.Or(kind, b.otherwise); kind == "" || best != nil && (key[0] > best.from || key[0] == best.from && (b.explicit || !best.explicit)) {
				continue
			}
			if lapsed.MatchString(lastReason.ReplaceAllString(t.low[clauseStart(t, key[0]):key[1]], "")) || dropped.MatchString(t.low[key[1]:]) || negatedAt(t, key[0], end) {
				continue
			}
			best = &bonded{b, kind, key[0], key[1]}
			break
		}
	}
	return best
}

// joinedBy is whom a bond joins: the councils of its clause, or the one that the text speaks of and those.
func (p *page) joinedBy(t *tagged, b *bonded) []string {
	begin, end := 0, len(t.low)
	if all := otherClause.FindAllStringIndex(t.low[:b.from], -1); all != nil {
		begin = all[len(all)-1][1]
	}
	if all := sharer.FindAllStringIndex(t.low[begin:b.from], -1); all != nil {
		begin += all[len(all)-1][0]
	}
	if m := clauseEnds.FindStringIndex(t.low[b.to:]); m != nil && len(t.tags(begin, b.to+m[0], 'c')) > 0 {
		end = b.to + m[0]
	}
	var ids []string
	add := func(more []string) {
		for _, id := range more {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	all := t.tags(begin, end, 'c')
	subject := false // a council stands before the bond and does it
	for k, g := range all {
		if g.n.how == byPlace && len(ids) == 0 && !inList.MatchString(t.low[g.end:]) || k+1 < len(all) && all[k+1].start < b.from && onlySays.MatchString(t.low[g.end:]) {
			continue
		}
		subject = subject || g.start < b.from && !fronted.MatchString(t.low[begin:g.start])
		add(g.n.ids)
	}
	if len(ids) == 0 {
		return nil
	}
	if ownVoice.MatchString(t.low[min(begin, max(0, b.from-40)):min(len(t.low), b.to+40)]) {
		switch _, council := p.r.g.CouncilByID(t.spoke); {
		case p.voice != "":
			add(some(p.voice))
		case council:
			add(some(t.spoke))
		case t.spoke == "":
			add(some(p.main)) // "share our licensing service"
		}
	}
	if !subject && pronoun.MatchString(t.low[begin:b.from]) {
		add(p.spokenOf(t))
	}
	if p.main != "" && !slices.Contains(ids, p.main) {
		if m := t.find(withOthers); m != nil && (len(ids) == 1 || len(t.tags(0, m[1]-4, 'c')) == 0) || len(ids) == 1 && t.says(sameThing) {
			add(some(p.main)) // "Building control is provided jointly with Bromsgrove": by the article's own council
		}
	}
	if t.says(alsoSame) {
		add(t.past)
	}
	if len(ids) < 2 && !(subject && (b.explicit || b.weak || definite.MatchString(t.low[:b.from]) && t.low[b.from:b.to] != "same")) {
		add(p.spokenOf(t))
	}
	if len(ids) < 2 && len(t.focus) > 1 && !b.explicit {
		add(t.focus)
	}
	return ids
}

// spokenOf is whom the text spoke of before a sentence, the article's own council where it spoke of none.
func (p *page) spokenOf(t *tagged) []string {
	if len(t.past) > 0 {
		return t.past
	}
	return some(p.main)
}
