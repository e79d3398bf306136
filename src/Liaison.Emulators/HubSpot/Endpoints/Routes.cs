using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Rights;
using Liaison.Emulators.HubSpot.Searching;
using Liaison.Emulators.HubSpot.Writing;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The whole API on one page, whatever the version style (contract section 1).</summary>
internal sealed class Routes(
    Account account, Refusals refusals, IdSource ids, RecordWriter writer, PageGaps gaps)
{
    public IEnumerable<Route> All => [.. Objects(), .. Associations(), .. Properties(), .. People()];

    private IEnumerable<Route> Objects()
    {
        var checks = new WriteChecks(refusals);
        var editor = new AssociationEditor(account);
        var answer = new BatchAnswer(ids);
        var reads = new ObjectReads(refusals);
        var writes = new ObjectWrites(refusals, checks, writer, editor);
        var batches = new BatchWrites(refusals, checks, writes, writer, answer);
        var merges = new Merges(refusals, writer, editor);
        const string Type = "/crm/objects/{type}";
        yield return new("GET", Type, reads.List, Read, UserLevel: true);
        yield return new("POST", Type, writes.Create, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/read", new BatchReads(refusals, answer).Read, Read, UserLevel: true);
        yield return new("POST", Type + "/batch/create", batches.Create, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/update", batches.Update, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/upsert", new Upserts(refusals, batches, writes, writer, answer).Upsert, Write, UserLevel: true);
        yield return new("POST", Type + "/batch/archive", batches.Archive, Write);
        yield return new("POST", Type + "/search", new Searches(refusals, gaps).Search, Read, Meter.Search, UserLevel: true);
        yield return new("POST", Type + "/merge", merges.Merge, Write, UserLevel: true);
        yield return new("POST", Type + "/gdpr-delete", merges.Erase, Write);
        yield return new("GET", Type + "/{id}", reads.Get, Read, UserLevel: true);
        yield return new("PATCH", Type + "/{id}", writes.Update, Write, UserLevel: true);
        yield return new("DELETE", Type + "/{id}", writes.Archive, Write);
    }

    private IEnumerable<Route> Associations()
    {
        var answer = new BatchAnswer(ids);
        var reads = new AssociationReads(refusals, answer);
        var writes = new AssociationWrites(refusals, new AssociationEditor(account), answer);
        const string Record = "/crm/objects/{type}/{id}/associations";
        const string Batch = "/crm/associations/{from}/{to}";
        yield return new("GET", Record + "/{toType}", reads.OfOne, Read, UserLevel: true);
        yield return new("PUT", Record + "/default/{toType}/{toId}", writes.PutDefault, Write, UserLevel: true);
        yield return new("PUT", Record + "/{toType}/{toId}", writes.Put, Write, UserLevel: true);
        yield return new("DELETE", Record + "/{toType}/{toId}", writes.Delete, Write);
        yield return new("POST", Batch + "/batch/read", reads.Batch, ReadFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/create", writes.BatchCreate, WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/associate/default", writes.BatchDefault, WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/archive", writes.BatchArchive, WriteFrom, Meter.AssociationBatch);
        yield return new("POST", Batch + "/batch/labels/archive", writes.BatchArchiveLabels, WriteFrom, Meter.AssociationBatch);
    }

    private IEnumerable<Route> Properties()
    {
        var reads = new PropertyReads(refusals, new BatchAnswer(ids));
        const string Type = "/crm/properties/{type}";
        yield return new("GET", Type, reads.List, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("POST", Type + "/batch/read", reads.Batch, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/groups", reads.ListGroups, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/groups/{group}", reads.GetGroup, Define, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", Type + "/{name}", reads.Get, Define, ScopesAtTop: true, UserLevel: true);
    }

    private IEnumerable<Route> People()
    {
        var owners = new Owners(refusals);
        yield return new("GET", "/crm/owners", owners.List, OwnerScopes, ScopesAtTop: true, UserLevel: true);
        yield return new("GET", "/crm/owners/{id}", owners.Get, OwnerScopes, ScopesAtTop: true);
    }

    private static IReadOnlyList<string> Read(Call call) => Scopes.ForRecords(Family(call, "type"), write: false);

    private static IReadOnlyList<string> Write(Call call) => Scopes.ForRecords(Family(call, "type"), write: true);

    private static IReadOnlyList<string> ReadFrom(Call call) => Scopes.ForRecords(Family(call, "from"), write: false);

    private static IReadOnlyList<string> WriteFrom(Call call) => Scopes.ForRecords(Family(call, "from"), write: true);

    private static IReadOnlyList<string> Define(Call call) => Scopes.ForDefinitions(Family(call, "type"), write: false);

    private static IReadOnlyList<string> OwnerScopes(Call call) => ["crm.objects.owners.read"];

    /// <summary>Gives the scope family of a type; an unknown one is refused later, by name.</summary>
    private static string Family(Call call, string parameter) =>
        call.Account.TryGetType(call[parameter], out var type) ? type.ScopeFamily : "contacts";
}
