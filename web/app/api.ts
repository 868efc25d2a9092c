// Asks the server. Operations are typed by what build.mjs generates of schema.graphqls and queries/.

import { useEffect, useState } from 'preact/hooks';
import type { TypedDocumentString } from './operations.gen';

export interface Question<V = unknown> {
  query: string;
  variables: V;
}

// question is an operation as it is sent. The day goes into the text, so that the playground can show the very question.
export function question<R, V>(operation: TypedDocumentString<R, V>, variables: V, asOf = ''): Question<V> {
  const text = operation.toString().replace(/^\n+ {4}/, '').trimEnd() + '\n';
  const query = asOf ? text.replace(/^(query \w+(?:\([^)]*\))?)/m, `$1 @asOf(date: "${asOf}")`) : text;
  return { query, variables };
}

export class Refused extends Error {
  constructor(message: string, readonly code: string) {
    super(message);
  }
}

export async function ask<R, V>(operation: TypedDocumentString<R, V>, variables: V, { asOf = '', token = '' } = {}): Promise<R> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(question(operation, variables, asOf)) });
  const answer = await response.json().catch(() => null) as { data?: R; errors?: { message: string; extensions?: { code?: string } }[] } | null;
  if (answer?.errors) {
    throw new Refused(answer.errors.map(({ message }) => message).join('; '), answer.errors[0]?.extensions?.code ?? '');
  }
  if (!answer?.data) throw new Refused(`the server answered ${response.status}`, '');
  return answer.data;
}

export interface Answer<R> {
  data: R | null; // of the latest question that was answered, also while another is under way
  error: Error | null;
  loading: boolean;
}

// useAnswer asks anew whenever the question or the graph's revision differs. An answer to a question that was overtaken by
// another is dropped. Where variables are null nothing is asked.
export function useAnswer<R, V>(operation: TypedDocumentString<R, V>, variables: V | null, asOf = '', revision = 0): Answer<R> {
  const [answer, set] = useState<Answer<R> & { of: string }>({ data: null, error: null, loading: true, of: '' });
  const text = operation.toString();
  const key = variables === null ? '' : JSON.stringify([text.slice(0, 80), variables, asOf, revision]);
  useEffect(() => {
    if (variables === null) return;
    let current = true;
    ask(operation, variables, { asOf })
      .then((data) => current && set({ data, error: null, loading: false, of: key }))
      .catch((error: Error) => current && set({ data: null, error, loading: false, of: key }));
    return () => {
      current = false;
    };
  }, [key]);
  return key === '' ? { data: null, error: null, loading: false } : { ...answer, loading: answer.of !== key };
}
