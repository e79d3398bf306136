// jsforce, unchanged, against the emulator at SALESFORCE_BASE_PATH, which serves 450 contacts, the first at Acme.
import assert from 'node:assert/strict'
import { createSign } from 'node:crypto'
import { test } from 'node:test'
import jsforce from 'jsforce'

const instanceUrl = process.env.SALESFORCE_BASE_PATH
const accessToken = process.env.SALESFORCE_ACCESS_TOKEN ?? '00Ddemo!admin'
const version = '66.0'
const root = `/services/data/v${version}`
const polling = { pollInterval: 100, pollTimeout: 60000 }
const connection = () => new jsforce.Connection({ instanceUrl, accessToken, version })
const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('signs in by a signed assertion as the user it names', async () => {
  const app = await (await fetch(`${instanceUrl}/_emulator/app`)).json()
  const claims = { iss: app.clientId, sub: app.runAs, aud: instanceUrl, exp: Math.floor(Date.now() / 1000) + 120 }
  const unsigned = `${base64url({ alg: 'RS256' })}.${base64url(claims)}`
  const signature = createSign('RSA-SHA256').update(unsigned).sign(app.privateKey, 'base64url')

  const conn = new jsforce.Connection({ loginUrl: instanceUrl, instanceUrl, version })
  const user = await conn.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${unsigned}.${signature}` })

  assert.match(user.id, /^005\w{15}$/)
  assert.match(user.organizationId, /^00D\w{15}$/)
  assert.equal((await conn.identity()).username, app.runAs)
  assert.ok((await conn.query('SELECT COUNT() FROM Contact')).totalSize >= 450)
  await assert.rejects(
    new jsforce.Connection({ loginUrl: instanceUrl, version }).authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${unsigned}.AAAA` }),
    (error) => error.message.includes('invalid assertion'),
  )
})

test('refreshes a session that has ended, once', async () => {
  let refreshed = 0
  const conn = new jsforce.Connection({ instanceUrl, accessToken: '00Dended!token', version, refreshFn: (_, done) => { refreshed++; done(null, accessToken) } })
  assert.ok((await conn.query('SELECT COUNT() FROM Contact')).totalSize >= 450)
  assert.equal(refreshed, 1)
})

test('describes the org and an object', async () => {
  const conn = connection()
  const { sobjects } = await conn.describeGlobal()
  assert.ok(sobjects.some((sobject) => sobject.name === 'Contact' && sobject.keyPrefix === '003'))
  const contact = await conn.sobject('Contact').describe()
  const status = contact.fields.find((field) => field.name === 'Lead_Status__c')
  assert.ok(status.picklistValues.some((choice) => choice.value === 'NEW' && choice.label === 'New' && choice.active))
  assert.equal(contact.fields.find((field) => field.name === 'Name').createable, false)
})

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
  assert.equal(found[0].Account.Name, 'Acme')
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

test('writes collections with an outcome for each record', async () => {
  const contacts = connection().sobject('Contact')
  const made = await contacts.create([{ LastName: 'Many 1' }, { FirstName: 'Nameless' }, { LastName: 'Many 2' }])
  assert.deepEqual(made.map((outcome) => outcome.success), [true, false, true])
  assert.equal(made[1].errors[0].statusCode, 'REQUIRED_FIELD_MISSING')

  const changed = await contacts.update([{ Id: made[0].id, Title: 'Head' }, { Id: '003000000000999AAA', Title: 'Nobody' }, { Id: made[2].id, Title: 'Chief' }])
  assert.deepEqual(changed.map((outcome) => outcome.success), [true, false, true])
  assert.deepEqual((await contacts.retrieve([made[0].id, made[2].id])).map((record) => record.Title), ['Head', 'Chief'])

  const rolledBack = await contacts.update([{ Id: made[0].id, Title: 'Gone' }, { Id: made[2].id, Email: 'none' }], { allOrNone: true })
  assert.deepEqual(rolledBack.map((outcome) => outcome.errors[0].statusCode), ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'INVALID_EMAIL_ADDRESS'])

  const upsert = (...names) => contacts.upsert(names.map((LastName, at) => ({ Liaison_Key__c: `set-${at}`, LastName })), 'Liaison_Key__c')
  assert.deepEqual((await upsert('Keyed')).map((outcome) => outcome.created), [true])
  assert.deepEqual((await upsert('Again', 'Other')).map((outcome) => outcome.created), [false, true])
  const twice = await contacts.upsert([{ Liaison_Key__c: 'set-0', LastName: 'First' }, { Liaison_Key__c: 'set-0', LastName: 'Last' }], 'Liaison_Key__c')
  assert.deepEqual(twice.map((outcome) => outcome.errors[0].statusCode), ['DUPLICATE_VALUE', 'DUPLICATE_VALUE'])

  const gone = await contacts.destroy([made[0].id, made[2].id])
  assert.ok(gone.every((outcome) => outcome.success))
  assert.equal(await contacts.count({ LastName: { $like: 'Many %' } }), 0)
})

test('writes a single record and tells what stands in its way', async () => {
  const accounts = connection().sobject('Account')
  const { id, success } = await accounts.create({ Name: 'Single' })
  assert.ok(success)
  assert.deepEqual(await accounts.update({ Id: id, Industry: 'Energy' }), { id, success: true, errors: [] })
  assert.equal((await accounts.retrieve(id)).Industry, 'Energy')
  await assert.rejects(accounts.update({ Id: id, NumberOfEmployees: 'many' }), (error) => /NUMBER|JSON_PARSER/.test(error.errorCode))
  assert.ok((await accounts.destroy(id)).success)
  await assert.rejects(accounts.retrieve(id), (error) => error.errorCode === 'NOT_FOUND' || error.errorCode === 'ENTITY_IS_DELETED')
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
  const rows = Array.from({ length: 300 }, (_, at) => ({ Liaison_Key__c: `bulk-${at}`, Email: `bulk-${at}@client.test`, LastName: at === 7 ? '#N/A' : `Bulk "${at}", here` }))
  const load = (input) => conn.bulk2.loadAndWaitForResults({ object: 'Contact', operation: 'upsert', externalIdFieldName: 'Liaison_Key__c', input, ...polling })
  const first = await load(rows)
  assert.equal(first.successfulResults.length, 299)
  assert.ok(first.successfulResults.every((row) => row.sf__Created === 'true' && row.sf__Id.startsWith('003')))
  assert.equal(first.failedResults.length, 1)
  assert.equal(first.failedResults[0].Email, 'bulk-7@client.test')
  assert.match(first.failedResults[0].sf__Error, /^REQUIRED_FIELD_MISSING:.*LastName.*--$/)
  assert.equal(first.unprocessedRecords.length, 0)

  const second = await load(rows.slice(0, 5))
  assert.ok(second.successfulResults.every((row) => row.sf__Created === 'false'))
  const { records } = await conn.query("SELECT LastName FROM Contact WHERE Liaison_Key__c = 'bulk-3'")
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

test('is told how much of the day is spent', async () => {
  const conn = connection()
  await conn.query('SELECT COUNT() FROM Contact')
  const { used, limit } = conn.limitInfo.apiUsage
  assert.ok(used > 0 && used < limit, `${used}/${limit}`)
  const limits = await conn.limits()
  assert.equal(limits.DailyApiRequests.Max, limit)
  assert.ok(limits.DailyApiRequests.Remaining < limit)
})
