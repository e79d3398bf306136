using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Limits;
using Liaison.Emulators.HubSpot.Rights;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The operations on journals, exempt from every limit (contract section 3).</summary>
internal sealed class JournalRoutes(Refusals refusals, IdSource ids)
{
    public IEnumerable<Route> All => [.. Reads("journal"), .. Reads("journal-local"), .. Subscriptions()];

    private IEnumerable<Route> Reads(string variant)
    {
        var reads = new JournalReads(refusals, ids);
        var journal = "/webhooks-journal/" + variant;
        yield return Free("GET", journal + "/earliest", reads.Earliest, Read);
        yield return Free("GET", journal + "/latest", reads.Latest, Read);
        yield return Free("GET", journal + "/offset/{offset}/next", reads.Next, Read);
        yield return Free("GET", journal + "/batch/earliest/{count}", reads.EarliestMany, Read);
        yield return Free("GET", journal + "/batch/latest/{count}", reads.LatestMany, Read);
        yield return Free("GET", journal + "/batch/{offset}/next/{count}", reads.NextMany, Read);
        yield return Free("POST", journal + "/batch/read", reads.Batch, Read);
        yield return Free("GET", journal + "/status/{status}", new JournalSnapshots(refusals, ids).Status, Snapshot);
    }

    private IEnumerable<Route> Subscriptions()
    {
        var subscriptions = new JournalSubscriptions(refusals);
        var filters = new JournalFilters(refusals);
        const string Base = "/webhooks-journal/subscriptions";
        yield return Free("POST", "/webhooks-journal/snapshots/crm", new JournalSnapshots(refusals, ids).Take, Snapshot);
        yield return Free("GET", Base, JournalSubscriptions.List, ReadSubscriptions);
        yield return Free("POST", Base, subscriptions.Upsert, WriteSubscriptions);
        yield return Free("POST", Base + "/filters", filters.Create, WriteSubscriptions);
        yield return Free("GET", Base + "/filters/subscription/{subscription}", filters.Of, ReadSubscriptions);
        yield return Free("GET", Base + "/filters/{filter}", filters.Get, ReadSubscriptions);
        yield return Free("DELETE", Base + "/filters/{filter}", filters.Delete, WriteSubscriptions);
        yield return Free("DELETE", Base + "/portals/{portal}", subscriptions.DeleteOfPortal, WriteSubscriptions);
        yield return Free("GET", Base + "/{subscription}", subscriptions.Get, ReadSubscriptions);
        yield return Free("DELETE", Base + "/{subscription}", subscriptions.Delete, WriteSubscriptions);
    }

    private static Route Free(string method, string template, Func<Call, Reply> handle, ScopeRule scopes) =>
        new(method, template, handle, scopes, Meter.None, ScopesAtTop: true);

    private static IReadOnlyList<string> Read(Call call) => [Scopes.JournalRead];

    private static IReadOnlyList<string> Snapshot(Call call) => [Scopes.JournalSnapshots];

    private static IReadOnlyList<string> ReadSubscriptions(Call call) => [Scopes.JournalSubscriptionRead, Scopes.JournalSubscriptionWrite];

    private static IReadOnlyList<string> WriteSubscriptions(Call call) => [Scopes.JournalSubscriptionWrite];
}
