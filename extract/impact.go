package extract

import (
	"slices"
	"sort"
	"strings"

	"spillover/ledger"
)

// A sign is a turn of phrase that says how a council stands. One sentence that it reads and one that it must not are
// given with each.
type sign struct {
	standing string // COMPROMISED, DISRUPTED, SUSPECTED or UNAFFECTED
	re       *pattern
	facts    bool // its denial clears data only, which leaves the council's standing open
}

const (
	dataNoun   = `(?:data|information|documents?|files?|records?|details|emails|letters|papers|minutes|databases?|payslips?|spreadsheets?|passports?|statements|copies|contents|correspondence)`
	systemNoun = `(?:systems?|servers?|networks?|computers?|infrastructure|back-?ups?|platforms?|ledgers?|mailbox(?:es)?|inbox(?:es)?|email accounts?|accounts?|machines|laptops|devices|defences|website|buckets?|cloud storage|repositor(?:y|ies))`
	beHave     = `(?:was|were|been|being|got|is|are|have|had|has)`
	anyone     = `(?:gang|group|hackers?|criminals?|attackers?|thieves|thief|intruders?|someone|somebody|strangers|cyber ?criminals|fraudsters?|insider|employee|officer|worker|outsiders?|they)`
)

var signs = []sign{
	// "Some files were copied." "Data was stolen." Not: "Files were moved to the new office."
	{ledger.Compromised, mustCompile(`\b` + dataNoun + `\b[^.;:]{0,140}?\b` + beHave + `\b(?: [\w-]+ly| also| then| since| already| in fact| up| all){0,2} ["']?(?:stolen|copied|taken (?:away|from|by|in|during)|taken\b|accessed|published|leaked|exfiltrated|extracted|exposed|encrypted|scrambled|locked|posted|compromised|downloaded|disclosed|viewed|dumped|visible|opened|obtained|sitting in)|\b` + dataNoun + `\b (?:stolen|copied|taken|leaked|exfiltrated|exposed|encrypted) (?:by|from|in|during|after|online)\b|\b` + dataNoun + `\b[^.;:]{0,40}?\b(?:surfaced|appeared|turned up|ended up|emerged|offered for sale|put up for sale|for sale)\b`), true},
	// "A gang stole 3TB of data." Not: "Thieves stole a bicycle."
	{ledger.Compromised, mustCompile(`\b(?:stole|stolen|steal|stealing|copied|copying|leaked|leaking|leak of|theft of|exfiltrat\w+|encrypted|encrypting|scrambled|scrambling (?:its|the|our|their)|dumped|downloaded|accessed|obtained|exposed|exposing|exposure of|disclosed|disclosing|disclosure of)\b(?: \S+){0,6}? (?:\S+-)?` + dataNoun + `\b`), true},
	{ledger.Compromised, mustCompile(`\b` + anyone + `\b[^.;]{0,60}?\b(?:published|posted|took|taken|put|got hold of|had got|got at|locked|began to lock|copied)\b(?: \S+){0,9}? ` + dataNoun + `\b`), true},
	// "Its systems had been broken into." "The network was hacked." Not: "The system was praised."
	{ledger.Compromised, mustCompile(`\b` + systemNoun + `\b[^.;]{0,50}?\b(?:was|were|been|being|got|are|is)\b(?: \w+ly)? (?:accessed|breached|hacked|broken into|compromised|encrypted|infected|infiltrated|taken over|scrambled|locked|penetrated)`), false},
	// "Criminals broke into Leicester City Council's network." Not: "He broke into a run."
	{ledger.Compromised, mustCompile(`\b(?:broke|broken|break|breaking|hacked|hacking|got|gained (?:\w+ )?(?:access|entry)|gain(?:ing)? access|had access|entered|logged|let themselves) ?(?:in)?to\b[^.;]{0,60}?(?:<c\d+>|\b` + systemNoun + `\b|\bplatform\b)|\b(?:entered|penetrated|infiltrated|breached)\b[^.;]{0,40}?\b(?:network|systems?|servers?|databases?)\b|\bbreak-in\b|\bunauthori[sz]ed (?:third.party )?access\b|\b(?:intruders?|hackers?|criminals?|strangers) (?:\w+ ){0,3}(?:in|inside) (?:its|the|our|their) ` + systemNoun), false},
	// "Ransomware got into the platform." "A ransom note was left." Not: "A talk about ransomware."
	{ledger.Compromised, mustCompile(`\bransomware (?:program |virus |had |has )?(?:got|took|encrypted|locked|began|spread|infected|scrambled|crippled|found on|was found|on (?:its|the) (?:servers?|network|systems|computers))|\bencrypted (?:by|within|with)|\b(?:left|found|met by|see) (?:\w+ )?(?:ransom note|a message on)|ransomware found\b`), false},
	// "Files were sent to the wrong person by mistake." Not: "By mistake the bus left early."
	{ledger.Compromised, mustCompile(`\b(?:sent|emailed|published|posted|disclosed|released|uploaded|mailed|shared|revealed|exposed|printed|attached|forwarded|copied)\b[^.;]{0,120}\b(?:by mistake|in error|accidentally|mistakenly|inadvertently|wrong (?:\w+ )?(?:address|person|people|recipient|email|attachment|file|parents?|family|families|households?)|personal (?:data|details|information)|one another's|each other's|open copy|could be (?:seen|read|copied))|\b(?:accidentally|mistakenly|inadvertently|wrongly)(?: \w+)? (?:sent|emailed|published|posted|disclosed|released|uploaded|mailed|shared|revealed|exposed|printed|attached|forwarded)|\b(?:reprimand\w*|fined|rapped|censured)\b[^.;]{0,160}\b(?:sent|posted|emailed|disclosed|shared|revealed|lost|left|handed|published)\b|\b(?:letters?|files?|spreadsheet|documents?|emails?|pages?|responses?)(?:, [^.;]{0,40},)? (?:disclosed|revealed|contained|exposed|showed|identified)\b|\bfor (?:publishing|sending|losing|emailing|disclosing|exposing|revealing|posting|sharing|leaking)\b|counted \d+ [\w ]+ among its exposed|\b(?:exposed|leaked) (?:files?|records)`), true},
	// "Records of about 100 residents were in it." Not: "Details of the scheme".
	{ledger.Compromised, mustCompile(`\b(?:records|details|data|information|files|names(?: and \w+)?|addresses) (?:of|about|on|relating to|belonging to) (?:about |around |some |nearly |almost |more than |over |up to |at least )?\d[\d,]* (?:\w+ ){0,2}(?:residents|people|tenants|children|pupils|motorists|staff|employees|families|households|customers|claimants|individuals|taxpayers|voters|carers|workers|patients|applicants|parents)\b`), true},
	// "A mailbox had been taken over." "Someone tricked an officer into giving a password." Not: "A firm was taken over."
	{ledger.Compromised, mustCompile(`\b(?:mailbox|inbox|email account|user account|accounts?)(?:es|s)?\b[^.;]{0,50}?\b(?:taken over|hijacked|used (?:by|to send)|compromised|accessed|broken into|entered|misused|read by)|\b(?:took|taken|taking|seized|gained) (?:over|control of)\b[^.;]{0,40}?\b(?:mailbox|account|inbox|systems?|servers?|twitter|social media)|\b(?:password|credentials|log-?in(?: details)?)\b[^.;]{0,40}?\b(?:stolen|given|handed|entered|typed|harvested|used)|\b(?:gave|typed|handed over|entered|stole|harvested)\b[^.;]{0,40}?\b(?:password|credentials|log-?in)`), false},
	// "An officer took home copies of case files." "Files had been left in the open." Not: "She took minutes."
	{ledger.Compromised, mustCompile(`\b(?:took|taken|kept|sold|looked (?:at|up|through)|passed on|photographed|removed|forwarded|searched)\b(?: \S+){0,6}? (?:records|case files|personal (?:data|files|information)|confidential \w+|details of|databases?|copies of)\b|\b(?:left|laid|lay|lying|been|sitting)\b[^.;]{0,40}\b(?:in the open|open to|exposed|unsecured|unprotected|accessible to)|\bin the open\b|\b(?:anyone|anybody|everyone|any reader|the public) (?:\w+ ){0,4}(?:could|was able to|can) (?:\w+ )?(?:see|read|open|download|view|copy|have opened)|\bcould be (?:copied|read|seen|viewed|opened|downloaded) by\b|\b(?:hidden (?:tab|column|sheet|data|rows)|unredacted|not (?:been )?(?:properly )?redacted|black boxes over)`), true},
	// Ways of taking, losing and laying open that the rows above leave out. "made off with 40GB", "fell into the hands of".
	// Not: "made off with the trophy".
	{ledger.Compromised, mustCompile(`\b(?:made off|got away|walked off|walked away|absconded|fled) with\b[^.;]{0,60}?(?:` + dataNoun + `\b|\d ?[gt]b\b)|\b(?:siphon|harvest|swip|snatch|loot|pilfer|lift|ransack|trawl|rifl|plunder|grab)(?:ed|bed|ing|bing)\b(?: \S+){0,5}? ` + dataNoun + `\b|\b` + dataNoun + `\b[^.;:]{0,60}?\b(?:fell|fallen|falling|got|gone) into the (?:\w+ )?hands\b|\b` + dataNoun + `\b[^.;:]{0,60}?\b(?:found|seen|put|spotted|offered|shared|traded|advertised|circulating|available) (?:\w+ ){0,2}(?:on|to|for|via) (?:the |a |an |its )?(?:\w+ )?(?:dark ?web|leak site|hackers?|criminals|forum|sale)`), true},
	{ledger.Compromised, mustCompile(`\b(?:suffer\w*|confirm\w*|admit\w*|report\w*|led to|caused|resulted in|involv\w+|meant) (?:a |the |an )?(?:\w+ ){0,2}(?:loss|theft|exposure|disclosure|leak|copying|encryption) of (?:\w+ ){0,4}` + dataNoun + `\b|\b(?:lost|losing) (?:\w+ ){0,3}` + dataNoun + `\b[^.;]{0,30}\b(?:to|in) (?:the |a |an )?(?:\w+ )?(?:hackers?|attack|attackers|breach|criminals|gang)|\ba copy of [^.;]{0,30}\b` + dataNoun + `\b[^.;]{0,20}\b(?:was|were|had been|has been) (?:made|taken)`), true},
	// "roamed the network", "malware was found on the servers". Not: "malware is a risk to servers".
	{ledger.Compromised, mustCompile(`\b(?:roam|lurk|dwel|prowl|sat undetected|been inside|was inside|were inside|moved (?:\w+ )?(?:through|across)|spread (?:\w+ )?(?:through|across|to))\w*\b[^.;]{0,40}?\b` + systemNoun + `\b|\b(?:malware|spyware|trojan|virus|malicious (?:software|code|programs?))\b[^.;]{0,30}?\b(?:found|planted|installed|deployed|discovered|detected|spread\w*|running|got|entered)\b[^.;]{0,12}?\b(?:on|in|into|across|through|to)\b|\bdeploy\w* (?:\w+ )?(?:ransomware|malware)\b|\b(?:ransomware|malware) (?:was |were )?(?:deployed|launched|released|planted)|\bhad the run of\b|\bplanted (?:\w+ )?(?:software|code|malware|a program|a skimmer)\b|\b(?:infiltrat|penetrat)(?:ed|ing)\b[^.;]{0,30}?<c\d+>|\b(?:compromis|infect|breach|hack|cripple)(?:ed|ing) (?:the |its |their |our |several |some |council )*(?:<c\d+>'s? )?` + systemNoun + `\b|\b(?:servers?|systems?|files?|backups|machines)\b[^.;]{0,40}?\b(?:left |rendered |made |became |were )?(?:unreadable|held (?:to|for) ransom)\b|\b(?:extortionists|gang|criminals|hackers) (?:who )?(?:have |had )?(?:locked|encrypted|scrambled)\b|\b` + systemNoun + `\b[^.;]{0,30}\b(?:were|was|been) (?:locked|scrambled)`), false},
	// "lost a memory stick with records", "a laptop holding case notes was stolen"; not "lost a laptop charger".
	{ledger.Compromised, mustCompile(`\b(?:lost|mislaid|misplaced|left|stolen|stole|missing|dropped|loss of|theft of)\b[^.;]{0,50}?\b(?:memory sticks?|usb|laptops?|tablets?|hard drives?|disks?|discs?|folders?|briefcase|notebooks?|rucksack|phone|devices?)\b[^.;]{0,40}?\b(?:holding|containing|with|carrying|full of|which (?:held|contained))\b|\b(?:memory sticks?|usb(?: sticks?)?|laptops?|tablets?|hard drives?|disks?|discs?|folders?|notebooks?)\b[^.;]{0,20}?\b(?:holding|containing|with|carrying|full of)\b[^.;]{0,80}?\b(?:stolen|lost|missing|left|taken|mislaid|found)\b`), true},
	// "shared the addresses of carers with each other"; not "shared a joke with each other".
	{ledger.Compromised, mustCompile(`\b(?:sent|emailed|published|posted?|disclosed|released|mailed|shared|revealed|exposed|send|email|gave|handed|copied)\b[^.;]{0,80}\b(?:letters?|lists?|spreadsheet|addresses|names|notes|identit\w+|data|details|records|files|information|documents|payslips|forms)\b[^.;]{0,80}\b(?:to|with) (?:a stranger|strangers|each other|one another|another\b|all (?:\w+ )?recipients|every (?:\w+ )?recipient|the wrong|an? unrelated|an? unconnected)|\b(?:sent|posted|emailed)\b[^.;]{0,30}\b(?:letters?|emails?|notes?|files?) about\b[^.;]{0,30}\bto (?:another|a stranger|someone else|the wrong)|\b(?:failed|failing|failure|forgot|omitted|neglected) to (?:redact|blank out|remove|black out|hide)\b|\b(?:names|addresses|details|signatures|personal \w+|records)\b[^.;]{0,50}?\b(?:visible|viewable|available|accessible|searchable|readable|open|on show|on view|exposed) (?:to (?:anyone|anybody|all|everyone|the public|strangers|other \w+|any)|on (?:the (?:open )?(?:internet|web)|google))|\b` + dataNoun + `\b[^.;]{0,40}?\b(?:stored|kept|held|hosted|been|lay|lain|left|sitting|sat) (?:unsafely|insecurely|unsecured|unprotected|openly|open|exposed|without a password|in an? (?:unsecured|open|unprotected|public))|\b(?:kept|stored|held|left)\b[^.;]{0,50}?\b(?:unsafely|insecurely|in an? (?:unsecured|open|unprotected|public)|on an? (?:unsecured|open|unprotected))`), true},
	// "sent a letter containing their new address"; not "sent a letter containing an apology".
	{ledger.Compromised, mustCompile(`\b(?:sent|posted|emailed|mailed|gave|handed)\b[^.;]{0,40}?\b(?:letters?|emails?|notes?|reports?|forms?|files?|documents?|lists?|messages?)\b[^.;]{0,20}?\b(?:containing|giving|showing|revealing|disclosing|that (?:gave|contained|showed|revealed|named))\b[^.;]{0,60}?\b(?:address(?:es)?|names?|details|whereabouts|numbers|records)\b|\bgave away (?:\w+ ){0,3}(?:address|name|details|whereabouts|identity)\b`), true},
	{ledger.Compromised, mustCompile(`\b(?:facebook|twitter|instagram|social media|linkedin|youtube)\b[^.;]{0,40}?\b(?:hijacked|taken over|hacked|compromised)\b|\b(?:addresses|plates|records|details|names|certificates|codes|numbers|data|files?|scans|photographs|statements)\b[^.;:]{0,80}?\b(?:was|were|had been|been|are|still) (?:\w+ )?(?:on view|on show|showing|viewed|skimmed|read|seen by|put online|published on)\b|\b(?:read|viewed|opened|saw) (?:a|the|its|their|some|\d+) (?:\w+ ){0,3}(?:files?|records|database|inbox|mailbox)\b|\b(?:snoop|pr(?:ied|ying)|peek|brows)\w*\b[^.;]{0,40}?\b(?:records|files|database|case notes)\b`), true},
	{ledger.Compromised, harm, false},
	{ledger.Compromised, entered, false},
	{ledger.Compromised, gone, true},
	{ledger.Compromised, wentAstray, true},
	{ledger.Disrupted, hindered, false},
	{ledger.Suspected, unsure, false},
	{ledger.Unaffected, heldOut, false},
	{ledger.Unaffected, spared, false},
	{ledger.Compromised, someOfIts, true},
	{ledger.Compromised, riddled, false},
	{ledger.Suspected, doubt, false},
	{ledger.Compromised, gotIn, false},
	// "The council closed down its IT systems." "Its website went down." Not: "The road was closed."
	{ledger.Disrupted, mustCompile(`\b(?:shut|shutting|shuts|closed|closing|unplug\w*|disconnect\w*|suspend\w*|pulled|switch(?:ed|ing) off|turned off|limited access)\b(?: \S+){0,8}? (?:["']?\b(?:systems?|it|network|website|websites|web|services?|everything|servers?|computers?|plug|applications?|pages|portals?|forms|shop|them|email|phones?|lines|access|platform|site)\b)|\b(?:took|taken|taking|switch(?:ed|ing)|turned|knocked|brought|forced)\b(?: \S+){0,8}? (?:["']?\b(?:systems?|it|network|website|websites|web|services?|everything|servers?|computers?|plug|applications?|pages|portals?|forms|shop|them|email|phones?|lines|access|platform|site)\b)(?: \S+){0,4}? (?:down|off(?:line)?|out)\b`), false},
	{ledger.Disrupted, mustCompile(`\b(?:systems?|services?|websites?|network|phone ?lines?|phones|telephone lines|portals?|online forms|forms|computers?|servers?|email|applications|bookings|libraries|pages)\b[^.;]{0,70}?\b(?:down|off ?line|unavailable|disrupted|suspended|out of action|inaccessible|not working|crippled|paralysed|crashed|interrupted|restored|back (?:online|up|operating|in use|to normal)|working again|resolved|reopened|dark|knocked out|are late|cannot be used|could not be|switched off|(?:are|were|is|was) (?:still )?(?:off|affected)|went (?:too|down|off))\b`), false},
	// "Their websites could not be reached." "The site was flooded with traffic." Not: "Traffic was heavy."
	{ledger.Disrupted, mustCompile(`\b(?:web ?sites?|sites?|web ?pages|portals?|pages)\b[^.;]{0,60}?\b(?:(?:met|greeted|faced|presented) (?:with|by) (?:an? )?(?:error|blank|holding|message)|out of (?:reach|action)|unreachable|could not be reached|not be reached|offline|down|slow(?:ed)?|unavailable|fail(?:ed|ing)? to load|timed out|intermittent\w*|dark|inaccessible|error messages?|knocked (?:out|over|off|down)|slowed to a crawl|overwhelmed|swamped|flooded|bombarded)\b|<c\d+>'s slowed to a crawl|\b(?:knock(?:ed|ing)?) (?:out|over|off ?line|down)\b[^.;]{0,60}\b(?:web ?sites?|sites?)\b|\b(?:knock(?:ed|ing)?|taking|took|forced|put)\b[^.;]{0,60}\b(?:web ?sites?|sites?)\b[^.;]{0,30}\b(?:off ?line|over|out|down)\b|\b(?:flood|swamp|bombard|overwhelm)(?:ed|ing)?\b[^.;]{0,50}\b(?:traffic|requests|web ?sites?)`), false},
	{ledger.Disrupted, mustCompile(`\b(?:restor(?:e|ing|ed) [^.;]{0,40}?(?:services?|systems?|access|operations)|services? (?:\w+ )?to return to normal|disrupt(?:ion|ed|ing)|return(?:ed|ing)? to normal|bring (?:\w+ )?(?:systems|services)[^.;]{0,30}back|outage|pen and paper|lost access to|shut out of|locked out of|off their (?:desktop|computers?)|shut it down|shut down (?:its|their|our|the|over|for)|hard to deliver|can ?not (?:currently |now )?(?:apply|pay|report|book|access|log|use|be (?:booked|accessed|used|looked|received|lodged|made|paid|processed))|can't (?:apply|pay|report|book|access|log|use|do)|denial[- ]of[- ]service|flood\w* with [\w ]*traffic|reopen our online systems|brought [^.;]{0,30}to (?:a halt|its knees|their knees)|bringing [^.;]{0,40}to their knees|(?:is|are) (?:re)?building|being rebuilt)`), false},
	// "had to switch off systems", "forced to switch to paper", "left without its computers", "unable to take payments"; not "unable to attend".
	{ledger.Disrupted, mustCompile(`\b(?:switch\w*|revert\w*|resort\w*|gone? back|went back|going back|return\w*|fall\w* back|fell back|turn\w*|working|relying|using|work) (?:\w+ )?(?:to|on|by|with)? ?(?:paper|manual|pen|handwrit\w+|hand\b|spreadsheets|workarounds)|\b(?:crippl|paralys|hobbl|floor|halt|wip|derail|hamper|hamstr)(?:ed|ing|es|t|ung)\b[^.;]{0,40}?(?:<c\d+>|\bcouncil\b|\bservices?\b|\bsystems?\b|\boperations\b|\bnetwork\b)|\b(?:had|forced|decided|chose|needed|moved|obliged|made|has|have) (?:it |them )?to (?:\w+ )?(?:switch|shut|close|take|pull|turn|disconnect|suspend|isolate|power)(?: \S+){0,5}? (?:systems?|networks?|servers?|computers?|websites?|phones?|lines|services|portals?|it|email|off|down|offline)\b|\bbring\w* [^.;]{0,30}\b(?:systems?|services)\b[^.;]{0,20}\bback\b|\bwithout (?:access to |a |any |some of |most of |many of |its |their |the |working |internal |it |use of )*(?:computers?|systems?|emails?|phones?|internet|network|website|it)\b|\bto a (?:standstill|halt|stop)\b|\b(?:severe|major|serious|significant|ongoing|widespread|continuing|massive|big|huge) (?:it|technical|computer|network|system) (?:problems?|issues?|difficulties|failures?|outages?)\b|\b(?:disconnect|unplugg?|isolat|cut)(?:ed|ing)? (?:itself|themselves|off|its \w+|their \w+) (?:\w+ )?from the (?:internet|web|outside)|\b(?:would not|will not|wouldn't|won't|refused to|slow to) load\b|\b(?:had|have|has|having|with) (?:no|little|limited|only limited|lost) access to\b|\b(?:cannot|can ?not|can't|could not|couldn't|unable to|not able to) (?:currently |now |yet |at present |even |still )?(?:take|process|issue|pay|access|accept|answer|send|receive|make|view|renew|register|submit|search|update|complete|open|log|print|bid|get (?:into|at|to|through)|reach|see|deal|book|report|apply|contact|use|look up|be (?:\w+ )?(?:taken|processed|issued|answered|sent|submitted|reported|registered|completed|contacted|viewed|renewed))\b|\b(?:out of order|out of use|not (?:available|accessible|operating|functioning)|<c\d+>: (?:down|off|intermittent|unreachable|slow|out)|\b(?:lost|down|out|gone|dead|dark|shut|off) for (?:\w+ ){0,2}(?:minutes|hours?|days?|weeks?|months?)|lost their (?:web ?)?sites?|(?:is|are|was|were|still|went|found \w+ \w+) (?:\w+ )?(?:dark|dead)\b|pulled (?:out )?the (?:plug|cables)|printed lists|off the air|knocked out|down for|taken down|took down|temporarily (?:closed|unavailable|suspended))`), false},
	// A line of a list: "Bolton: down from 7.15am; still unreachable". Not: "Bolton: fine".
	{ledger.Disrupted, mustCompile(`<c\d+>(?: \(<c\d+>\))?(?::| -+| –) [^.]{0,40}?\b(?:down|off ?line|off|intermittent|unreachable|slow|out|dark|shut|unavailable|disrupted|suspended|recovering|on paper)\b`), false},
	// "Rutland got off with an outage.", "was left without payroll"; not "was left a legacy".
	{ledger.Disrupted, mustCompile(`<c\d+>[^.;]{0,60}?\b(?:outages?|downtime|knock-on|lost (?:its|their|the use of|access|service|contact|its)|went (?:down|dark|offline)|without (?:its|payroll|a working)|(?:is|are|was|were) (?:still )?(?:down|offline|dark))\b`), false},
	// "Westminster was also hit." "A cyber attack on Kent." Not: "Kent was hit by snow."
	{ledger.Suspected, mustCompile(`<c\d+>[^.;]{0,80}?\b(?:hit|struck|targeted|attacked|affected|impacted|victim|suffered|subject(?:ed)? to|experienc\w+|dealing with|responding to|hacked|breached|fallen|fell)\b[^.;]{0,60}?\b(?:attacks?|incidents?|breach(?:es)?|hack(?:ers)?|ransomware|intrusion|malware)?|(?:affected|hit|targeted|struck|attack(?:ed)? (?:on|at|against)|breach at|hack of|incident at|hacked|attacked|impacted)(?: the)?(?: \w+){0,2} <c\d+>|<c\d+> (?:cyber|ransomware|data breach|hack)|councils? (?:in \w+ )?targeted|<c\d+>[^.;]{0,60}\b(?:discovered|detected|identified|spotted|confirmed|disclosed|reported|acknowledged|admitted|noticed|found)\b[^.;]{0,30}\b(?:cyber|ransomware|attack|intrusion|intruder|breach)\b`), false},
	// "has not ruled out that files were touched", "reported a data breach"; not "has ruled out a bid".
	{ledger.Suspected, mustCompile(`not (?:yet )?(?:been )?ruled out|\b(?:may|might|could) (?:also |well )?belong to (?:the )?<c\d+>|\b(?:wait(?:s|ed|ing)?|pressing|chasing|clarification|clarity|trying to find out|clear answer)\b[^.;]{0,60}?\b(?:whether|if) (?:any|some|its|their|the|a|an|it|they)\b|\b(?:treat|treats|treated|treating|regard\w*) (?:\S+ ){1,5}as (?:possibly|potentially|perhaps|having been) (?:\w+ )?(?:seen|taken|read|copied|opened|lost|exposed|compromised|accessed)|(?:report|reported|sent) (?:a |an |its |data )?(?:personal )?(?:data )?breach(?:es)?|breach reports?|still (?:looking|checking|investigating)|is checking whether|seeking (?:urgent )?assurances|a possible (?:data )?breach|told (?:the )?<a\d+> of (?:an|the) (?:attack|incident|breach)|(?:reviewing|isolating|checking|scanning) its (?:own )?(?:networks?|systems)|suspected (?:ransomware|cyber|attack|breach|incident|intrusion)|data breach|<c\d+>[^.;]{0,60}\breport(?:ed|ing)? (?:the matter|the incident|the breach|itself|it) to|\b(?:also|too)\b[^.;]{0,30}\b(?:targets?|targeted|listed|named)\b`), false},
	// "is among the councils named", "caught up in it", "it is not known whether data was taken"; not "named the street".
	{ledger.Suspected, mustCompile(`<c\d+>[^.;]{0,60}?\b(?:among|one of|on)\b[^.;]{0,40}?\b(?:named|listed|targets?|targeted|affected|hit|victims?|list)\b|\b(?:caught up|dragged|drawn|swept up|embroiled|ensnared|implicated) (?:in|into)\b|<c\d+>[^.;]{0,80}?\b(?:may|might|could) (?:also |well |yet |too )?(?:be|have been) (?:(?:a|an|some) )?(?:\w+ ){0,2}(?:affected|among|part|caught|involved|hit|at risk|compromised|stolen|accessed|taken|exposed|included|copied|breach|leak|theft|victims?)|\b(?:may|might|could) be among\b|\b(?:fear|worri|concern|afraid)\w*\b[^.;]{0,40}?\b(?:may|might|could|have)\b[^.;]{0,60}?\b` + dataNoun + `\b|\b\b(?:examining|checking|establishing|asking|reviewing|assessing|studying|looking (?:at|into)|trying to (?:find out|establish|learn|work out)) (?:whether|if)\b|\b(?:not|\w+n't|cannot|cannot be|not been) (?:yet )?(?:be |been )?exclude[d]?\b|\bchecks (?:are|were|on|at|by|for)\b[^.;]{0,40}?\bcontinu\w+|not (?:yet )?say (?:either way|whether|if)|\b(?:cannot|can't|could not|unable to) (?:yet )?(?:say|rule out|be ruled out)|\bnot (?:yet )?(?:known|clear|certain|established|determined|sure|been established|in a position to say) (?:whether|if|what|how)\b|\b(?:too early|too soon|unable) to (?:say|tell|know|confirm|rule out)\b|\b(?:possible|potential|suspected|alleged|apparent|attempted|claimed|feared) (?:\w+ ){0,2}(?:breach|attack|hack|intrusion|incident|leak|theft|compromise|exposure)\b|\b(?:put|puts|adds|lists|added|placed|adding|putting|posted|listing|listed) (?:the )?<c\d+>[^.;]{0,90}?\b(?:list|site|page|blog|victims?)\b|\b(?:hackers?|gang|group|attackers|criminals|extortionists) (?:say|says|claims?|claimed|insists?) (?:that )?(?:they|it) (?:has|have|had|holds?|got|stole|took)\b`), false},
	// "Darlington is unaffected." "was able to isolate its network". Not: "Email was unaffected."
	{ledger.Unaffected, mustCompile(`<c\d+>[^.;]{0,160}?(?:\bunaffected\b|\b(?:not|never|\w+n't) (?:been )?(?:affected|touched|impacted|involved|hit|compromised|breached)\b|\bin the clear\b|\bfound clean\b|\bescaped\b|\b(?:is|are|was|were) (?:fine|clear|untouched|unharmed)\b|\bnothing of its\b|\bsuccessfully isolat\w+|\bisolat\w+ and safeguard|\bno (?:evidence|sign|indication|suggestion)\b[^.;]{0,40}\b(?:systems?|network|servers?)\b[^.;]{0,40}(?:compromis|affect|access|breach)\w*)|<c\d+>[^.;]{0,160}?\b(?:no (?:sign|evidence|trace|indication)s? of (?:any )?(?:copying|compromise|intrusion|infection|access|a breach|unauthorised|tampering)|none of (?:its|their|our) [^.;]{0,40}(?:affected|involved|included|lost|taken|touched|appears?|listed)|no harm to its|no unusual \w+|nobody (?:\w+ ){0,3}had (?:opened|clicked)|no data of (?:its|their|our)[^.;]{0,30}(?:taken|affected|lost)|nothing unusual|no impact|not seen any (?:impact|sign|evidence|effect)|no (?:evidence|sign|indication|suggestion) that (?:its|their|any of its) (?:own )?(?:residents|customers|tenants|staff|records|pupils)[^.;]{0,40}(?:affected|involved|touched))|\bnobody at (?:the )?<c\d+>[^.;]{0,60}|<c\d+>[^.;]{0,160}?\bnot (?:been )?part of (?:the|this|that)\b|\bno finding against\b|\bno (?:\w+ ){0,4}of <c\d+>[^.;]{0,40}(?:affected|touched|taken|compromised)|\bno (?:evidence|sign|indication|suggestion)\b[^.;]{0,20}<c\d+>[^.;]{0,40}(?:compromis|affect|access|breach)\w*|\b(?:not|\w+n't) affect(?:ed)? <c\d+>|\bspared\b[^.;]{0,30}<c\d+>|networks? [^.;]{0,40}found clean|(?:their|its|our) (?:own )?(?:systems?|network)[^.;]{0,30}\b(?:not|never) (?:been )?(?:affected|compromised|touched)\b|\bcleared of\b|has checked its systems and they are not affected|outside the council|(?:<c\d+>|its (?:web ?)?site)[^.;]{0,60}\b(?:stayed (?:up|online)|withstood|fought off|repelled|blocked the (?:attack|attempt)|remained (?:online|up|available)|no impact|uses? (?:another|a different|a separate|its own) (?:platform|system|network|supplier|provider))\b|<c\d+>[^.;]{0,60}\b(?:had|has) not (?:published|sent|lost|disclosed|used)\b|(?:network|systems?) [^.;]{0,30}found clean`), false},
	// "was not attacked", "its systems are safe", "did not spread to Darlington"; not "Darlington was not told".
	{ledger.Unaffected, mustCompile(`<c\d+>[^.;]{0,160}?(?:\b(?:not|never|nor|\w+n't) (?:been |itself |themselves |directly |in any way |thought to (?:be|have been) |believed to (?:be|have been) |understood to (?:be|have been) |known to (?:be|have been) |yet )*(?:affected|touched|impacted|involved|hit|compromised|breached|attacked|targeted|hacked|reached|infected|struck|a victim|a target|caught up|at risk|exposed)\b|\b(?:systems?|networks?|data|services|servers|infrastructure|website|site|records|files)\b[^.;]{0,30}?\b(?:is|are|was|were|remains?|remained|stays?|stayed)(?: all)? (?:safe|secure|intact|clean|sound|separate|unharmed|untouched|operational|as normal|as usual|running (?:\w+ )?(?:as )?normal\w*|working (?:\w+ )?(?:as )?normal\w*)|\bnone of (?:its|their|our|the council's) [^.;]{0,40}?\b(?:hit|compromised|reached|breached|accessed|down|at risk|exposed|copied|stolen|infected)\b|\bno (?:trace|sign|evidence|indication|suggestion)s? of (?:the |any |an )?(?:intruders?|attackers?|hackers?|malware|infection|attack|breach|activity|problem)|\bgiven the all[- ]clear|\b(?:not|\w+n't) (?:had|suffered|seen|experienced|been (?:the )?(?:subject|victim)) (?:of )?(?:a|any|an) (?:\w+ )?(?:breach|attack|incident|intrusion|impact|disruption|compromise)|\bbusiness as usual\b|\bclean bill of health\b|\bno (?:\w+ )?(?:breach|compromise|intrusion|loss|copying|access)(?: (?:of|to|into) (?:its|their|any) (?:\w+ )?\w+)? (?:had |has |have )?(?:occurred|taken place|been found|happened)|\bnone (?:contained|held|included|showed)|\bno action (?:is|was|has been) (?:\w+ )?taken|\bno (?:interruption|disruption|effect|loss)\b|\b(?:involved in|part of) neither\b|\bnothing to (?:suggest|indicate|show) that (?:its|their|any)\b|\b(?:is|are|was|were|remains?|remained) (?:safe|secure|clean|unscathed|not connected|unconnected)\b|\b(?:not|\w+n't) (?:share|use|run on|rely on|connected|linked)\b[^.;]{0,40}(?:platform|system|network|supplier|provider|affected))|^["' ]*(?:it|they|we|the authority) (?:\w+ )?(?:is|are|was|were|has|have|had) (?:\w+ )?(?:unaffected\b|not (?:itself |been |directly )*(?:affected|touched|hit|attacked|involved|compromised)\b)|^its (?:own )?(?:network|systems?|servers|it)\b[^.;]{0,60}?\b(?:clean|safe|secure|separate|not (?:affected|touched|reached))\b|\b(?:services|systems?|networks?) (?:at|of|in|run by) <c\d+>[^.;]{0,30}?\b(?:as normal|normally|as usual|unaffected|not affected)\b|\bnothing to (?:suggest|indicate|show)\b[^.;]{0,30}?<c\d+>|\b(?:no|little) (?:evidence|sign|indication|suggestion)\b[^.;]{0,40}?<c\d+>[^.;]{0,40}?\b(?:involved|hit|attacked|targeted|hacked|caught up|a victim|at risk)|\b(?:not|never|\w+n't) (?:spread|extend|reach|touch|hit|involve|concern|include|get)(?:ed)?(?: as far as| to| into| in)? (?:the |neighbouring |nearby )?<c\d+>|\b(?:no (?:evidence|sign|indication|suggestion)|nothing to (?:suggest|indicate|show))\b[^.;]{0,30}?\b(?:its|their|our) own (?:\w+ )?(?:systems?|networks?|servers?|it|infrastructure|data|records)\b`), false},
}

// "Education bosses have apologised", before the council is named.
var bosses = mustCompile(`\b(?:education|schools?|housing|transport|social services|social care|civic|local authority) (?:bosses|chiefs|leaders)\b`)

// A mark is a sign found in a sentence.
type mark struct {
	standing string
	t        *tagged
	from, to int
	certain  ledger.Certainty
	caution  bool // done as a precaution
	several  bool // said of several councils at once
}

var (
	precaution = mustCompile(`\b(?:unhooked|unplugged|uncoupled|detached|decoupled|walled|cut|sealed|took|disconnected) (?:itself|themselves)\b|\b(?:pulled|unplugged|yanked) (?:out )?(?:the|its|their) (?:cable|plug|lead)\b|\b(?:cut|cuts|sever\w*|switched off|pulled|closed|dropped|disconnected|suspended) (?:\w+ ){0,4}(?:links?|connections?|feeds?)\b|\b(?:to be safe|on the safe side|as a safeguard|precaution\w*|until it is told more|as a preventi\w+|preventative)\b`)
	// "systems could be down for weeks in an attack", "would lose its data"; not "could be read by anyone".
	hypothetical = mustCompile(`\b(?:must|shall|bidders|suppliers?) (?:\w+ ){0,3}(?:show|prove|be able|contain|demonstrate)\b|\b(?:could|would|might) (?:\w+ )?(?:be (?:down|offline|off line|stolen|lost|encrypted|hacked|crippled|paralysed|shut|closed|knocked|out|disrupted|unavailable|without)|lose|leave|stop|put|cause|cost|bring|knock|cripple|shut|close|take \w+ (?:to|weeks|months))\b|\bif (?:it|we|they|the council|hackers|an attacker) (?:were|was|is|are|ever|got|get)\b`)
	// "I turned my phone off and on," said a resident.
	private = mustCompile(`\b(?:i|my|me|i'd|i'm|i've)\b`)
	// "Their accounts have been locked while it is checked": by the council, to be safe.
	lockedUp = mustCompile(`\b(?:accounts?|mailbox(?:es)?|log-?ins?|passwords?)\b[^.;]{0,20}\b(?:was|were|been|is|are|being) (?:\w+ly )?(?:locked|frozen|disabled|blocked|suspended|shut)$`)
	perhaps  = mustCompile(`\b(?:may|might|could) (?:also )?have\b|\bpossibl[ey]\b|\bpossibility\b|\bfear(?:s|ed)?\b|\bnot (?:yet )?(?:know|clear|able to say)|\bcannot say\b|\bpotential(?:ly)? (?:been|breach|compromis)|\bsuspect(?:s|ed)\b|\b(?:investigating|examining|checking|establishing|asking|reviewing|assessing|to (?:see|learn|establish|find out)) (?:whether|if)|not (?:yet )?(?:been )?ruled out`)
	gangSays = mustCompile(`\bthreaten(?:ed|s|ing)? to\b|\b(?:it|they) (?:say|says|said|claims?)\b[^.;]{0,30}\bstolen\b|\b(?:hackers?|gang|group|attackers|crew|post on \w+)\b[^.;]{0,50}\b(?:said|says|saying)\b|\b(?:claim(?:ed|s|ing)?|alleg\w+|boast\w*|purport\w*)\b`)
	general  = mustCompile(`\b(?:known to have attacked|government, education|councils in general|other (?:councils|organisations|authorities|local authorities)|local authorities (?:across|have become|are)|study|survey|if (?:you|your|residents)|(?:may|might|could|will) try|your (?:bank|personal|own|accounts?|devices?|passwords?|details)|to be (?:extra )?(?:vigilant|cautious|careful)|in recent years|increasingly|this kind of|any public body)\b`)
	undone   = mustCompile(`^\W*we (?:said|wrote|reported|attributed|stated|quoted|claimed) |\b(?:was wrong in|(?:earlier|previous|original) versions? of (?:this|our|the) (?:article|story|report|page|piece)|originally (?:said|reported|stated)|had nothing to do with|was wrong|it hadn't|that was (?:our|a|my) (?:own )?mistake|we wrote (?:in error )?that|never been a (?:customer|client|partner)|hoax|never happened|that was not true)\b`)
	otherOwn = mustCompile(`^(?:the |a |an )?(?:["'])?(?:commission|company|firm|trust|hospital|university|college|school(?:'s| (?:has|is|was|said|says|had|which|that|itself|in|told))|association|charity|supplier|contractor|landlord|university's)\b`)
)

// impacts is how each council stands in an incident as its sentences leave it.
//
// Rules: the strongest standing counts; a clearing outweighs suspicion and what was done as a precaution, and what is
// down at a council that is not the only one struck; it never outweighs COMPROMISED.
func (p *page) impacts(sents []*tagged, services []ServiceState) []CouncilImpact {
	marks := map[string][]mark{}
	var order []string
	put := func(ids []string, m mark) {
		for _, id := range ids {
			if !p.mayStand(id) {
				continue
			}
			if _, there := marks[id]; !there {
				order = append(order, id)
			}
			marks[id] = append(marks[id], m)
		}
	}
	for _, t := range sents {
		p.marksOf(t, put)
	}
	said := p.beside(sents, marks, put)
	for i := range services {
		if services[i].State == ledger.Unaffected {
			continue
		}
		t, id := p.sentenceAt(services[i].Start), p.idOf(services[i].Council)
		if a := said[id]; a.tells(t) && a.standing == ledger.Unaffected {
			continue
		}
		put(some(id), mark{ledger.Disrupted, t, 0, len(t.s), ledger.Stated, t.says(precaution), false})
	}
	struck := 0
	for _, id := range order {
		if slices.ContainsFunc(marks[id], func(m mark) bool {
			return m.standing == ledger.Compromised || m.standing == ledger.Disrupted && !m.caution
		}) {
			struck++
		}
	}
	out := []CouncilImpact{}
	for _, id := range order {
		m, ok := standing(marks[id], id == p.main, struck > 1 || id != p.main)
		if !ok {
			continue
		}
		c, _ := p.r.g.CouncilByID(id)
		e := p.evidence(m.t, 0, len(m.t.s), p.speakerOf(m.t, m.from), m.certain)
		out = append(out, CouncilImpact{Name: c.Name, GSS: c.GSS, ID: id, Impact: m.standing, Evidence: e})
	}
	return out
}

// idOf is the id of a council that the article names, by its official name.
func (p *page) idOf(name string) string {
	for id := range p.accepted {
		if p.r.nameOf(id) == name {
			return id
		}
	}
	return ""
}

// standing weighs the marks of one council.
func standing(all []mark, main, others bool) (mark, bool) {
	first := func(ok func(mark) bool) (mark, bool) {
		i := slices.IndexFunc(all, ok)
		if i < 0 {
			return mark{}, false
		}
		return all[i], true
	}
	if slices.ContainsFunc(all, func(m mark) bool { return m.standing == ledger.Unaffected && !m.several }) {
		// What is said of one council alone outweighs what is said of all together.
		all = slices.DeleteFunc(slices.Clone(all), func(m mark) bool { return m.standing == ledger.Compromised && m.several })
	}
	stated := func(m mark) bool { return m.standing == ledger.Compromised && m.certain == ledger.Stated }
	if m, ok := first(func(m mark) bool { return stated(m) && !m.t.heading }); ok {
		return m, true // rather than a headline
	}
	if m, ok := first(stated); ok {
		return m, true
	}
	if m, ok := first(func(m mark) bool { return m.standing == ledger.Compromised }); ok {
		return m, true
	}
	down := func(t *tagged) bool {
		return slices.ContainsFunc(all, func(m mark) bool { return m.t == t && m.standing == ledger.Disrupted && !m.caution })
	}
	ofOthers := func(m mark) bool { // "branches are open in all four boroughs, and the books are unaffected"
		return m.several && strings.Contains(m.t.low[m.from:m.to], ", and the ")
	}
	clear, cleared := first(func(m mark) bool { return m.standing == ledger.Unaffected && !down(m.t) && !ofOthers(m) })
	if cleared && (others || !main) {
		return clear, true
	}
	if m, ok := first(func(m mark) bool { return m.standing == ledger.Disrupted }); ok {
		return m, true
	}
	if cleared {
		return clear, true
	}
	return first(func(m mark) bool { return m.standing == ledger.Suspected })
}

// mayStand is whether a council can have been struck: it existed when the article came out.
func (p *page) mayStand(id string) bool {
	c, ok := p.r.g.CouncilByID(id)
	return ok && (c.CeasedOn == "" || p.a.PublishedOn == "" || p.a.PublishedOn < c.CeasedOn)
}

// sentenceAt is the sentence that holds a character of the text.
func (p *page) sentenceAt(char int) *tagged {
	i := sort.Search(len(p.sents), func(i int) bool { return p.v.chars(int(p.v.off[p.sents[i].end])) > char })
	return p.sents[min(i, len(p.sents)-1)]
}

// marksOf finds the signs of a sentence and whom each concerns.
func (p *page) marksOf(t *tagged, put func([]string, mark)) {
	if t.says(general) || t.says(undone) {
		return
	}
	seen := false
	denied := false
	for i := range signs {
		s := &signs[i]
		for _, m := range p.found(t, s) {
			if questioned(t, m[0]) && s.standing != ledger.Unaffected {
				denied = true
				continue
			}
			if s.re == harm && harmless.MatchString(t.low[m[0]:m[1]]) || (s.re == harm || s.standing == ledger.Suspected) && anothers.MatchString(t.low[m[0]:min(len(t.low), m[1]+28)]) {
				continue
			}
			if (s.standing == ledger.Compromised || s.standing == ledger.Disrupted) && hypothetical.MatchString(t.low[clauseStart(t, m[0]):m[1]]) {
				continue
			}
			if t.quoted[m[0]] && t.spoke == "" && t.says(private) && s.standing != ledger.Unaffected {
				continue
			}
			if s.standing == ledger.Compromised && (supposed.MatchString(t.low[:m[0]]) || lockedUp.MatchString(t.low[m[0]:m[1]])) {
				denied = true
				continue
			}
			standing := s.standing
			if standing != ledger.Unaffected && negatedAt(t, m[0], m[1]) {
				denied = true
				continue
			}
			certain := certaintyOf(t.low[clauseStart(t, m[0]):m[1]])
			if standing == ledger.Disrupted && gangSays.MatchString(t.low[clauseStart(t, m[0]):m[0]]) {
				standing, certain = ledger.Suspected, ledger.Hedged
			}
			if standing == ledger.Compromised && (perhaps.MatchString(t.low[clauseStart(t, m[0]):m[1]]) || gangSays.MatchString(t.low[clauseStart(t, m[0]):m[1]])) {
				standing, certain = ledger.Suspected, ledger.Hedged
			}
			if tags := t.tags(m[0], m[1], 'c'); len(tags) > 0 && !slices.ContainsFunc(tags, func(g tagAt) bool { return g.n.how != byPlace }) {
				continue // "a man from Bristol was hacked"
			}
			ids := p.locus(t, m[0], m[1])
			if len(ids) == 0 {
				continue
			}
			seen = true
			put(ids, mark{standing, t, m[0], m[1], certain, t.says(precaution), len(ids) > 1})
		}
	}
	m := t.find(strongly)
	if m == nil {
		m = t.find(turnedUp)
	}
	if m != nil && !strings.Contains(t.low, "none ") && !questioned(t, m[0]) && !negatedAt(t, m[0], m[1]) && len(takenIn(t)) > 0 {
		if ids := p.locus(t, m[0], m[1]); len(ids) > 0 && !supposed.MatchString(t.low[:m[0]]) {
			said := t.low[clauseStart(t, m[0]):m[1]]
			mark := mark{ledger.Compromised, t, m[0], m[1], certaintyOf(said), t.says(precaution), len(ids) > 1}
			if perhaps.MatchString(said) || gangSays.MatchString(said) {
				mark.standing, mark.certain = ledger.Suspected, ledger.Hedged
			}
			seen = true
			put(ids, mark)
		}
	}
	if m := t.find(neitherOne); m != nil && len(t.listed) > 1 && !questioned(t, m[0]) {
		seen = true
		put(t.listed, mark{standing: ledger.Unaffected, t: t, from: m[0], to: m[1], certain: ledger.Stated})
	}
	if !seen && denied {
		p.refuse(t, "denied or asked, not said")
	}
}

// found are the places where a sign stands in a sentence. What clears "<c0>" also clears whom the text has just turned to: "Stirling was
// examined too. No action is taken against that council."
func (p *page) found(t *tagged, s *sign) [][]int {
	if s.standing != ledger.Unaffected || !t.fresh || len(t.focus) == 0 || slices.Contains(t.focus, p.main) || len(t.tags(0, len(t.s), 'c')) > 0 || !s.re.may(t.grams) {
		return t.findAll(s.re)
	}
	const spoken = "<c99> "
	var out [][]int
	for _, m := range s.re.FindAllStringIndex(spoken+t.low, -1) {
		out = append(out, []int{max(0, m[0]-len(spoken)), max(1, m[1]-len(spoken))})
	}
	return out
}

// locus is the councils that the run [from, to) of a sentence concerns: those named in the run, else the first named
// before it in its clause, else after it, else elsewhere in the sentence, else whom the text speaks of.
func (p *page) locus(t *tagged, from, to int) []string {
	start := clauseStart(t, from)
	end := len(t.low)
	if m := boundary.FindStringIndex(t.low[to:]); m != nil {
		end = to + m[0]
	}
	pick := func(a, b int, place bool) []string {
		for _, g := range t.tags(a, b, 'c') {
			if place || g.n.how != byPlace {
				return g.n.ids
			}
		}
		return nil
	}
	for _, try := range [][2]int{{from, to}, {start, from}, {to, end}, {0, start}} {
		if ids := pick(try[0], try[1], false); ids != nil {
			return ids
		}
	}
	if t.quoted[from] && t.spoke != "" {
		if _, ok := p.r.g.CouncilByID(t.spoke); ok {
			return some(t.spoke)
		}
	}
	if ids := pick(0, len(t.s), true); ids != nil && !p.elsewhere {
		return ids
	}
	if otherOwn.MatchString(t.low[start:]) || t.says(otherOwn) {
		return nil
	}
	if t.heading && t.para > 6 && strings.IndexAny(t.low, "*:") < 0 && !strings.HasPrefix(t.low, "•") && !strings.HasPrefix(t.low, "- ") {
		return nil
	}
	if p.voice != "" && t.says(ownVoice) {
		return some(p.voice)
	}
	if lesserCouncil.MatchString(t.low) {
		return nil
	}
	if t.start < p.firstNamed && !speaksOfCouncils.MatchString(t.low) && !itsWorkers.MatchString(t.low) && !bosses.MatchString(t.low) {
		return nil // the council is not yet spoken of
	}
	if p.elsewhere || agencyOwn.MatchString(t.low) {
		return nil
	}
	if !t.fresh && !slices.Contains(t.focus, p.main) && p.main != "" || len(t.focus) == 1 && p.cleared[t.focus[0]] && !p.cleared[p.main] && !t.fresh {
		return p.mainOnes()
	}
	return t.focus
}

// mainOnes is the council that the article is about, or those that it is about if its beginning lists them.
func (p *page) mainOnes() []string {
	for _, n := range p.names {
		if n.start > 1200 {
			break
		}
		if n.kind == ledger.Council && len(n.ids) > 1 && n.how != byPlace && slices.Contains(n.ids, p.main) {
			return n.ids
		}
	}
	return some(p.main)
}

// "<a0> found strangers in its systems": the agency's own.
var agencyOwn = mustCompile(`^(?:the |but |and )?<a\d+> [^.;<]{0,80}\b(?:its|their) (?:own )?(?:systems?|network|servers?|website|data|records)\b`)

// findCleared notes the councils that the article clears by name, so that what it says next without a name is not said
// of them.
func (p *page) findCleared() {
	p.cleared = map[string]bool{}
	for i := range signs {
		if signs[i].standing != ledger.Unaffected {
			continue
		}
		for _, t := range p.sents {
			m := t.find(signs[i].re)
			if m == nil {
				continue
			}
			for _, g := range t.tags(m[0], m[1], 'c') {
				if g.n.how == byPlace || g.n.how == byAnaphor && slices.Contains(g.n.ids, p.main) {
					continue // "which buys its payroll from Cornwall"
				}
				for _, id := range g.n.ids {
					p.cleared[id] = true
				}
			}
		}
	}
}

// "A housing officer looked up the records of 13 people": a council's, before it is named.
var itsWorkers = mustCompile(`\b(?:housing|planning|licensing|benefits|revenues) officers?\b|\b(?:social|council|care) workers?\b`)

// What a town council suffered is not told of a principal one.
var lesserCouncil = mustCompile(`\b(?:town|parish|community) council\b`)

var ownVoice = mustCompile(`\b(?:we|our|us)\b`)
