package extract

import "spillover/ledger"

// A Reading is what an article says, in the shape that `loader read` prints. Everything in it is supported by a
// quote; what is unknown is null or an empty list, never a guess.
type Reading struct {
	Article      Source     `json:"article"`
	Incidents    []Incident `json:"incidents"`
	Officials    []Official `json:"officials"`
	NotOfficials []string   `json:"not_officials"` // people named who are no officials: reporters, experts, residents
	Refusals     []Refusal  `json:"refusals"`
}

// A Source is what is known of the article itself.
type Source struct {
	Path        string   `json:"path"` // as given to the reader; "" where it was not a file
	ID          string   `json:"id"`
	Title       *string  `json:"title"`
	Publisher   *string  `json:"publisher"`
	PublishedOn *string  `json:"published_on"`
	URL         *string  `json:"url"`
	Byline      []string `json:"byline"`
	TextSHA256  string   `json:"text_sha256"`
}

// Evidence is where an article says something: a verbatim run of its text.
type Evidence struct {
	Quote     string           `json:"quote"`
	Start     int              `json:"start"`               // offset in the text, in Unicode characters
	End       int              `json:"end"`                 // the character after the quote
	Speaker   string           `json:"speaker,omitempty"`   // whose word it is: an organisation's canonical name, "attacker", "unnamed source"; "" is the article itself
	Certainty ledger.Certainty `json:"certainty,omitempty"` // STATED or HEDGED
}

// An Incident is one incident of an article. The first is the article's subject; others are background.
type Incident struct {
	ID           string           `json:"id"`   // "i1", "i2", … within the article
	Kind         string           `json:"kind"` // RANSOMWARE, DATA_THEFT, DENIAL_OF_SERVICE, ACCIDENTAL_DISCLOSURE or CYBER_ATTACK
	IdentifiedOn *string          `json:"identified_on"`
	Precision    *string          `json:"precision"`           // DAY, MONTH or YEAR; null with identified_on
	DateEvidence *Evidence        `json:"identified_evidence"` // the words of the date; null with identified_on
	Councils     []CouncilImpact  `json:"councils"`
	Actors       []ActorRole      `json:"actors"`
	Agencies     []AgencyRole     `json:"agencies"`
	Arrangements []Arrangement    `json:"arrangements"`
	Data         []DataKind       `json:"data"`
	Services     []ServiceState   `json:"services"`
	Statements   []StatementWords `json:"statements"`
}

// A CouncilImpact is how a council stands in an incident as the article leaves it.
type CouncilImpact struct {
	Name   string `json:"name"`   // official name
	GSS    string `json:"gss"`    // its code
	ID     string `json:"id"`     // "council:…" of the gazetteer
	Impact string `json:"impact"` // COMPROMISED, DISRUPTED, SUSPECTED or UNAFFECTED
	Evidence
}

// An ActorRole ties a threat actor to an incident.
type ActorRole struct {
	Name        string `json:"name"`
	ID          string `json:"id"`          // "actor:…"
	Attribution string `json:"attribution"` // CLAIMED, REPORTED or CONFIRMED
	Evidence
}

// An AgencyRole is what an agency does about an incident.
type AgencyRole struct {
	Name string `json:"name"` // full name
	ID   string `json:"id"`   // "agency:…"
	Role string `json:"role"` // NOTIFIED, SUPPORTING or INVESTIGATING
	Evidence
}

// An Arrangement is what councils share.
type Arrangement struct {
	Name     *string  `json:"name"` // null where the article gives none
	ID       string   `json:"id"`   // "arrangement:…" where the name is in the gazetteer; else ""
	Kind     string   `json:"kind"` // JOINT_SERVICE, SHARED_SYSTEM or SUPPLIER
	Members  []string `json:"members"`
	Provider *string  `json:"provider"`
	Since    string   `json:"since,omitempty"` // YYYY, YYYY-MM or YYYY-MM-DD, where the article says
	Until    string   `json:"until,omitempty"`
	Evidence
}

// A DataKind is a kind of data said to have been taken or laid open.
type DataKind struct {
	Label  string `json:"label"`
	Volume string `json:"volume,omitempty"` // as given: "3TB", "25 documents"
	Evidence
}

// A ServiceState is how a council's service stands.
type ServiceState struct {
	Label   string `json:"label"`
	Council string `json:"council"` // official name
	State   string `json:"state"`   // DISRUPTED, RESTORED or UNAFFECTED
	Evidence
}

// StatementWords are what an official said about an incident.
type StatementWords struct {
	Official string `json:"official"` // a name of Reading.Officials
	Text     string `json:"text"`     // the words, without quotation marks
	Evidence
}

// An Official is a person who holds a post at a council or an agency.
type Official struct {
	Name         string `json:"name"`
	Role         string `json:"role"`
	Organisation string `json:"organisation"`    // official name of the council or agency
	ID           string `json:"organisation_id"` // "council:…" or "agency:…"
	Evidence
}

// A Refusal is a sentence that looked like evidence and made no claim.
type Refusal struct {
	Quote  string `json:"quote"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Reason string `json:"reason"`
}
