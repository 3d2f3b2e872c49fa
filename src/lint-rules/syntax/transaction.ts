/** Does a function or a decorator of this name run something in a transaction? */
export function isTransactionName(name: string): boolean {
  return transactionNames.test(name);
}

const transactionNames = /transaction|atomic|^begin|^savepoint$|^(?:in|with|run)?Tx$/i;
