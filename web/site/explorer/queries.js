// The questions that the explorer asks. The day goes into the text of the query, so that the playground can show
// the very question; ids and words go into variables.

const operation = (name, variables, asOf, fields) =>
  `query ${name}(${variables})${asOf ? ` @asOf(date: "${asOf}")` : ''} {\n${fields}\n}\n`;

const inList = `    id
    kind
    name
    firstReportedOn
    ... on Incident { incidentKind identifiedOn precision mentionIds impacts { status } }`;

const words = `
fragment Words on Claim {
  predicate
  value
  quote
  speaker
  certainty
  assertedOn
  article { title publisher url origin }
}
`;

export const incidentsQuery = (filter, asOf) => ({
  query: operation('Incidents', '$first: Int, $filter: IncidentFilter', asOf, `  incidents(first: $first, filter: $filter, orderBy: DATE_DESC) {
    totalCount
    nodes {
  ${inList.replaceAll('\n', '\n  ')}
    }
  }
  statistics(filter: $filter) {
    byKind { kind incidents }
    byMonth { month incidents }
    byImpact { status incidents }
    byRegion { region incidents }
  }`),
  variables: { first: 50, filter },
});

export const searchQuery = (text, asOf) => ({
  query: operation('Search', '$text: String!, $first: Int', asOf, `  search(text: $text, first: $first) {
    totalCount
    nodes {
  ${inList.replaceAll('\n', '\n  ')}
    }
  }`),
  variables: { text, first: 30 },
});

const hop = `distance directed outcome reportedOn
        from { id name }
        via { id name arrangementKind provider }
        to { id name }
        evidence { ...Words }`;

export const incidentQuery = (id, asOf) => ({
  query: operation('Incident', '$id: ID!', asOf, `  node(id: $id) {
    __typename
    id
    ... on Entity { name firstReportedOn lastReportedOn }
    ... on Incident {
      incidentKind identifiedOn precision
      impacts {
        status disputed firstReportedOn publishers
        council { id name }
        history { on status }
        evidence { ...Words }
      }
      spread {
        origins { id name }
        hops {
          ${hop.replaceAll('\n', '\n  ')}
        }
        compromised disrupted suspected unaffected unreported searchedTo truncated
      }
      attributions { basis actor { name } evidence { ...Words } }
      responses { role agency { name } evidence { ...Words } }
    }
  }`) + words,
  variables: { id },
});

// A thing of any other kind: what it is called and what was said of it.
export const thingQuery = (id, asOf) => ({
  query: operation('Thing', '$id: ID!', asOf, `  node(id: $id) {
    __typename
    id
    ... on Entity {
      kind name aliases firstReportedOn
      claims(first: 50) {
        totalCount
        nodes {
          label
          subject { id name }
          object { id name }
          ...Words
        }
      }
    }
  }`) + words,
  variables: { id },
});

export const councilQuery = (id, asOf) => ({
  query: operation('Council', '$id: ID!', asOf, `  node(id: $id) {
    __typename
    id
    ... on Entity { name }
    ... on Council {
      gss nation region ceasedOn
      successors { id name }
      impacts {
        status disputed firstReportedOn publishers
        incident { id name }
        council { id name }
        evidence { ...Words }
      }
      exposure {
        ${hop}
      }
    }
  }`) + words,
  variables: { id },
});
