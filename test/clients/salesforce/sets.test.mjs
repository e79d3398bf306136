// jsforce, unchanged, against the address in SALESFORCE_BASE_PATH: statements, searches, and what takes many records in one call.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import jsforce from 'jsforce'

const instanceUrl = process.env.SALESFORCE_BASE_PATH
const accessToken = process.env.SALESFORCE_ACCESS_TOKEN ?? '00Ddemo!admin'
const version = '66.0'
const root = `/services/data/v${version}`
const polling = { pollInterval: 100, pollTimeout: 60000 }
const connection = () => new jsforce.Connection({ instanceUrl, accessToken, version })

test('queries parents and pages by locators until done', async () => {
  const conn = connection()
  const first = await conn.query('SELECT Id, LastName, Account.Name FROM Contact ORDER BY Id', { headers: { 'Sforce-Query-Options': 'batchSize=200' } })
  assert.equal(first.done, false)
  assert.equal(first.records.length, 200)
  assert.match(first.nextRecordsUrl, /\/query\/0r8\w{15}-200$/)
  const found = [...first.records]
  for (let page = first; !page.done; found.push(...page.records)) {
    page = await conn.queryMore(page.nextRecordsUrl)
  }
  assert.equal(found.length, first.totalSize)
  assert.equal(new Set(found.map((record) => record.Id)).size, found.length)
  assert.ok(found.some((record) => record.Account?.Name === 'Acme'))
})

test('follows the pages by itself', async () => {
  const conn = connection()
  const { totalSize } = await conn.query('SELECT COUNT() FROM Contact')
  const all = await conn.query('SELECT Id FROM Contact', { autoFetch: true, maxFetch: 10000 })
  assert.equal(all.records.length, totalSize)
})

test('reads children as answers of their own', async () => {
  const { records } = await connection().query("SELECT Name, (SELECT LastName FROM Contacts LIMIT 2) FROM Account WHERE Name = 'Acme'")
  assert.equal(records[0].Contacts.records.length, 2)
})

test('throws the code and message of a refused statement', async () => {
  const unknown = (error) => error.errorCode === 'INVALID_FIELD' && error.message.includes("No such column 'Nme' on entity 'Contact'")
  await assert.rejects(connection().query('SELECT Nme FROM Contact'), unknown)
  await assert.rejects(connection().query('SELECT Id FROM'), (error) => error.errorCode === 'MALFORMED_QUERY')
  await assert.rejects(connection().queryMore(`${root}/query/0r8000000000000AAA-2000`), (error) => error.errorCode === 'INVALID_QUERY_LOCATOR')
})

test('runs a composite with references', async () => {
  const { compositeResponse } = await connection().requestPost(`${root}/composite`, {
    allOrNone: true,
    compositeRequest: [
      { method: 'POST', url: `${root}/sobjects/Account`, referenceId: 'account', body: { Name: 'Composite' } },
      { method: 'POST', url: `${root}/sobjects/Contact`, referenceId: 'contact', body: { LastName: 'Composite', AccountId: '@{account.id}' } },
      { method: 'GET', url: `${root}/query?q=SELECT%20Account.Name%20FROM%20Contact%20WHERE%20Id='@{contact.id}'`, referenceId: 'read' },
    ],
  })
  assert.deepEqual(compositeResponse.map((part) => part.httpStatusCode), [201, 201, 200])
  assert.equal(compositeResponse[2].body.records[0].Account.Name, 'Composite')
})

test('upserts in bulk and says what became of each row', async () => {
  const conn = connection()
  const rows = Array.from({ length: 300 }, (_, at) => ({ Email: `bulk-${at}@client.test`, LastName: at === 7 ? 'bad' : `Bulk "${at}", here` }))
  const load = (input) => conn.bulk2.loadAndWaitForResults({ object: 'Contact', operation: 'upsert', externalIdFieldName: 'Email', input, ...polling })
  const first = await load(rows)
  assert.equal(first.successfulResults.length, 299)
  assert.ok(first.successfulResults.every((row) => row.sf__Created === 'true' && row.sf__Id.startsWith('003')))
  assert.equal(first.failedResults.length, 1)
  assert.equal(first.failedResults[0].Email, 'bulk-7@client.test')
  assert.match(first.failedResults[0].sf__Error, /^REQUIRED_FIELD_MISSING:.*LastName.*--$/)
  assert.equal(first.unprocessedRecords.length, 0)

  const second = await load(rows.slice(0, 5))
  assert.ok(second.successfulResults.every((row) => row.sf__Created === 'false'))
  const { records } = await conn.query("SELECT LastName FROM Contact WHERE Email = 'bulk-3@client.test'")
  assert.deepEqual(records.map((record) => record.LastName), ['Bulk "3", here'])
})

test('queries in bulk', async () => {
  const conn = connection()
  const rows = await (await conn.bulk2.query('SELECT Id, LastName, Account.Name FROM Contact', polling)).toArray()
  const { totalSize } = await conn.query('SELECT COUNT() FROM Contact')
  assert.equal(rows.length, totalSize)
  assert.ok(rows.every((row) => row.Id.startsWith('003') && 'Account.Name' in row))
})

test('searches', async () => {
  const found = await connection().search('FIND {globex} IN ALL FIELDS RETURNING Account(Id, Name)')
  assert.deepEqual(found.searchRecords.map((record) => record.Name), ['Globex'])
})
