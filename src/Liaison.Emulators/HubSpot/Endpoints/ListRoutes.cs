using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>The operations on lists, their folders and their members.</summary>
internal sealed class ListRoutes(Account account, Refusals refusals, IdSource ids)
{
    private const string Lists = "/crm/lists";
    private const string One = Lists + "/{list}";
    private const string Members = One + "/memberships";
    private const string Folders = Lists + "/folders";

    public IEnumerable<Route> All => [.. OfFolders(), .. OfMembers(), .. OfLists()];

    private IEnumerable<Route> OfFolders()
    {
        var folders = new ListFolders(refusals);
        yield return new("GET", Folders, folders.Get, Read, ScopesAtTop: true);
        yield return new("POST", Folders, folders.Create, Write, ScopesAtTop: true);
        yield return new("PUT", Folders + "/move-list", folders.MoveList, Write, ScopesAtTop: true);
        yield return new("DELETE", Folders + "/{folder}", folders.Delete, Write, ScopesAtTop: true);
        yield return new("PUT", Folders + "/{folder}/move/{parent}", folders.Move, Write, ScopesAtTop: true);
        yield return new("PUT", Folders + "/{folder}/rename", folders.Rename, Write, ScopesAtTop: true);
    }

    private IEnumerable<Route> OfMembers()
    {
        var members = new ListMembers(refusals);
        var pages = new ListMemberPages(refusals, new BatchAnswer(ids));
        yield return new("POST", Lists + "/records/memberships/batch/read", pages.OfRecords, Read, ScopesAtTop: true);
        yield return new("GET", Lists + "/records/{type}/{id}/memberships", pages.OfRecord, Read, ScopesAtTop: true);
        yield return new("GET", Members, pages.ById, Read, ScopesAtTop: true);
        yield return new("GET", Members + "/join-order", pages.InJoinOrder, Read, ScopesAtTop: true);
        yield return new("DELETE", Members, members.Clear, Write, ScopesAtTop: true);
        yield return new("PUT", Members + "/add", members.Add, Write, ScopesAtTop: true);
        yield return new("PUT", Members + "/remove", members.Remove, Write, ScopesAtTop: true);
        yield return new("PUT", Members + "/add-and-remove", members.AddAndRemove, Write, ScopesAtTop: true);
        yield return new("PUT", Members + "/add-from/{source}", members.AddFrom, Write, ScopesAtTop: true);
    }

    private IEnumerable<Route> OfLists()
    {
        var reads = new ListReads(refusals);
        var writes = new ListWrites(account, refusals);
        var conversions = new ListConversions(refusals);
        yield return new("GET", Lists, ListReads.ByIds, Read, ScopesAtTop: true);
        yield return new("POST", Lists, writes.Create, Write, ScopesAtTop: true);
        yield return new("GET", Lists + "/idmapping", reads.LegacyId, Read, ScopesAtTop: true);
        yield return new("POST", Lists + "/idmapping", reads.LegacyIds, Read, ScopesAtTop: true);
        yield return new("POST", Lists + "/search", new ListSearch(refusals).Search, Read, ScopesAtTop: true);
        yield return new("GET", Lists + "/object-type-id/{type}/name/{name}", reads.ByName, Read, ScopesAtTop: true);
        yield return new("GET", One, reads.Get, Read, ScopesAtTop: true);
        yield return new("DELETE", One, writes.Delete, Write, ScopesAtTop: true);
        yield return new("PUT", One + "/restore", writes.Restore, Write, ScopesAtTop: true);
        yield return new("PUT", One + "/update-list-filters", writes.Refilter, Write, ScopesAtTop: true);
        yield return new("PUT", One + "/update-list-name", writes.Rename, Write, ScopesAtTop: true);
        yield return new("GET", One + "/size-and-edits-history/between", reads.History, Read, ScopesAtTop: true);
        yield return new("GET", One + "/schedule-conversion", conversions.Get, Read, ScopesAtTop: true);
        yield return new("PUT", One + "/schedule-conversion", conversions.Put, Write, ScopesAtTop: true);
        yield return new("DELETE", One + "/schedule-conversion", conversions.Delete, Write, ScopesAtTop: true);
    }

    private static IReadOnlyList<string> Read(Call call) => ["crm.lists.read"];

    private static IReadOnlyList<string> Write(Call call) => ["crm.lists.write", "cms.membership.access_groups.write"];
}
