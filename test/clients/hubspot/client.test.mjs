// HubSpot's own client, unchanged, against the address in HUBSPOT_BASE_PATH.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from '@hubspot/api-client'

const basePath = process.env.HUBSPOT_BASE_PATH
const accessToken = process.env.HUBSPOT_ACCESS_TOKEN ?? 'pat-demo'
// The client's default pace is for the real account; the emulator under test has its limits off.
const client = new Client({ accessToken, basePath, limiterOptions: { maxConcurrent: 6 } })

const control = (path, method = 'GET', body) =>
  fetch(`${basePath}/_emulator/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })

const unique = (name) => `${name}-${process.pid}@client.test`

test('lists all contacts by paging', async () => {
  const paged = await client.crm.contacts.getAll(7, undefined, ['email', 'firstname'])
  const ids = new Set(paged.map((contact) => contact.id))
  assert.ok(paged.length >= 20)
  assert.equal(ids.size, paged.length)
  assert.ok(paged[0].createdAt instanceof Date)
  assert.ok('email' in paged[0].properties)
})

test('searches by pages until no cursor comes', async () => {
  const found = []
  let after
  do {
    const page = await client.crm.contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }] }],
      sorts: ['createdate'],
      properties: ['email'],
      limit: 10,
      after,
    })
    found.push(...page.results)
    after = page.paging?.next?.after
  } while (after)
  assert.ok(found.length >= 20)
  assert.equal(new Set(found.map((contact) => contact.id)).size, found.length)
})

test('creates, reads, updates, upserts and archives in batches', async () => {
  const emails = ['a', 'b', 'c'].map(unique)
  const created = await client.crm.contacts.batchApi.create({
    inputs: emails.map((email, at) => ({ properties: { email }, associations: [], objectWriteTraceId: `t-${at}` })),
  })
  assert.equal(created.results.length, 3)
  const ids = created.results.map((contact) => contact.id)

  const updated = await client.crm.contacts.batchApi.update({ inputs: ids.map((id) => ({ id, properties: { city: 'Oslo' } })) })
  assert.equal(updated.results.length, 3)

  const read = await client.crm.contacts.batchApi.read({
    inputs: [...ids.map((id) => ({ id })), { id: '9' }],
    properties: ['city'],
    propertiesWithHistory: [],
  })
  assert.equal(read.results.length, 3)
  assert.ok(read.results.every((contact) => contact.properties.city === 'Oslo'))
  assert.equal(read.numErrors, 1)
  assert.deepEqual(read.errors[0].context.ids, ['9'])

  const upserted = await client.crm.contacts.batchApi.upsert({
    inputs: [emails[0], unique('d')].map((id) => ({ id, idProperty: 'email', properties: { city: 'Bergen' } })),
  })
  assert.deepEqual(upserted.results.map((contact) => contact._new).sort(), [false, true])

  await client.crm.contacts.batchApi.archive({ inputs: upserted.results.map(({ id }) => ({ id })) })
  await assert.rejects(client.crm.contacts.basicApi.getById(upserted.results[0].id), (error) => error.code === 404)
})

test('reads the companies of contacts by associations v4', async () => {
  const page = await client.crm.contacts.basicApi.getPage(20)
  const batch = await client.crm.associations.v4.batchApi.getPage('contacts', 'companies', {
    inputs: page.results.map(({ id }) => ({ id })),
  })
  assert.ok(batch.results.length > 0)
  const first = batch.results[0]
  assert.ok(first._from.id)
  assert.ok(first.to[0].associationTypes.some((type) => type.typeId === 279))

  const one = await client.crm.associations.v4.basicApi.getPage('contacts', first._from.id, 'companies')
  assert.equal(String(one.results[0].toObjectId), String(first.to[0].toObjectId))
})

test('makes a default association and takes it away', async () => {
  const [contact] = (await client.crm.contacts.basicApi.getPage(1)).results
  const [deal] = (await client.crm.deals.basicApi.getPage(1)).results
  await client.crm.associations.v4.basicApi.createDefault('contacts', contact.id, 'deals', deal.id)
  const linked = await client.crm.associations.v4.basicApi.getPage('contacts', contact.id, 'deals')
  assert.ok(linked.results.some((link) => String(link.toObjectId) === deal.id))
  await client.crm.associations.v4.basicApi.archive('contacts', contact.id, 'deals', deal.id)
})

test('reads and makes property definitions', async () => {
  const all = await client.crm.properties.coreApi.getAll('contacts')
  assert.ok(all.results.some((property) => property.name === 'lifecyclestage' && property.options.length > 3))
  const name = `made_by_client_${process.pid}`
  const made = await client.crm.properties.coreApi.create('contacts', {
    name, label: 'Made by a client', type: 'string', fieldType: 'text', groupName: 'contactinformation',
  })
  assert.equal(made.name, name)
  await client.crm.properties.coreApi.archive('contacts', name)
})

test('reads pipelines, owners and schemas', async () => {
  const pipelines = await client.crm.pipelines.pipelinesApi.getAll('deals')
  assert.equal(pipelines.results[0].stages.find((stage) => stage.id === 'closedwon').metadata.isClosed, 'true')
  const owners = await client.crm.owners.ownersApi.getPage()
  assert.ok(owners.results.every((owner) => owner.email.includes('@')))
  const schemas = await client.crm.schemas.coreApi.getAll(false)
  assert.equal(schemas.results.length, 1)
})

test('writes scores to all contacts, a hundred at a time, each once', async () => {
  await control('ledger', 'DELETE')
  const contacts = await client.crm.contacts.getAll(100)
  for (let at = 0; at < contacts.length; at += 100) {
    const inputs = contacts.slice(at, at + 100).map(({ id }) => ({ id, properties: { ai_qualification_score: '42' }, objectWriteTraceId: id }))
    const answer = await client.crm.contacts.batchApi.update({ inputs })
    assert.deepEqual(answer.results.map(({ objectWriteTraceId }) => objectWriteTraceId).sort(), inputs.map(({ id }) => id).sort())
  }
  const lines = (await (await control('ledger/writes?type=contacts')).text()).trim().split('\n')
  const { summary } = JSON.parse(lines.at(-1))
  assert.deepEqual(summary, { records: contacts.length, writes: contacts.length, maxPerRecord: 1, duplicates: 0 })
})

test('throws its error class with the body for what is refused', async () => {
  await assert.rejects(
    client.crm.contacts.basicApi.create({ properties: { no_such_thing: '1' }, associations: [] }),
    (error) => error.code === 400 && error.body.category === 'VALIDATION_ERROR' && error.headers['content-type'].includes('json'),
  )
  const stranger = new Client({ accessToken: 'nobody', basePath })
  await assert.rejects(stranger.crm.contacts.basicApi.getPage(), (error) => error.code === 401)
})

test('waits and tries again when it is throttled', async () => {
  const patient = new Client({ accessToken, basePath, numberOfApiCallRetries: 2 })
  await control('faults', 'POST', { kind: 'secondly', operation: 'POST /crm/objects/contacts/search', count: 1 })
  const page = await patient.crm.contacts.searchApi.doSearch({ filterGroups: [], sorts: [], properties: [], limit: 1 })
  assert.equal(page.results.length, 1)
  await control('faults', 'POST', { kind: 'status', status: 503, operation: 'GET /crm/objects/contacts', count: 1 })
  assert.equal((await patient.crm.contacts.basicApi.getPage(1)).results.length, 1)
})

test('gives tokens by the first OAuth version', async () => {
  const url = client.oauth.getAuthorizationUrl('liaison-demo-account-app', 'http://127.0.0.1:9/back', 'oauth crm.objects.contacts.read')
  const query = new URL(url).search
  const page = await fetch(`${basePath}/oauth/authorize${query}`, { redirect: 'manual' })
  const code = new URL(page.headers.get('location')).searchParams.get('code')
  const tokens = await client.oauth.tokensApi.create('authorization_code', code, 'http://127.0.0.1:9/back', 'liaison-demo-account-app', 'liaison-demo-secret')
  assert.ok(tokens.accessToken.length > 300)
  const info = await client.oauth.accessTokensApi.get(tokens.accessToken)
  assert.ok(info.scopes.includes('crm.objects.contacts.read'))
})

test('keeps lists, imports and exports', async () => {
  const { lists, imports, exports } = client.crm
  const made = await lists.listsApi.create({ name: `Guests ${process.pid}`, objectTypeId: '0-1', processingType: 'MANUAL' })
  const [first, second] = (await client.crm.contacts.basicApi.getPage(2)).results
  const added = await lists.membershipsApi.add(made.list.listId, [first.id, second.id])
  assert.deepEqual(added.recordsIdsAdded, [first.id, second.id])
  const members = await lists.membershipsApi.getPage(made.list.listId, undefined, undefined, 1)
  assert.equal(members.results[0].recordId, first.id)
  assert.ok(members.paging.next.after)

  const request = {
    name: 'Sample',
    importOperations: { '0-1': 'UPSERT' },
    files: [{
      fileName: 'sample.csv',
      fileFormat: 'CSV',
      fileImportPage: { hasHeader: true, columnMappings: [{ columnObjectTypeId: '0-1', columnName: 'Email', propertyName: 'email', columnType: 'HUBSPOT_ALTERNATE_ID' }] },
    }],
  }
  const started = await imports.coreApi.create({ data: Buffer.from(`Email\n${unique('imported')}\n`), name: 'sample.csv' }, JSON.stringify(request))
  // Its own method to start one cannot write its body: the class of the request has no members there.
  const answer = await client.apiRequest({ method: 'POST', path: '/crm/v3/exports/export/async', body: {
    exportType: 'LIST', listId: made.list.listId, exportName: 'Guests', format: 'CSV', language: 'EN', objectType: 'CONTACT', objectProperties: ['email'],
    associatedObjectType: [], exportInternalValuesOptions: [], includeLabeledAssociations: false, includePrimaryDisplayPropertyForAssociatedObjects: false,
    overrideAssociatedObjectsPerDefinitionPerRowLimit: false,
  } })
  const task = await answer.json()
  await control('clock', 'POST', { seconds: 5 })
  assert.equal((await imports.coreApi.getById(started.id)).metadata.counters.CREATED_OBJECTS, 1)
  const done = await exports.publicExportsApi.getStatus(task.id)
  assert.equal(done.status, 'COMPLETE')
  const rows = (await (await fetch(done.result)).text()).trim().split('\r\n')
  assert.equal(rows.length, 3)
})
