using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Lists;
using Liaison.Emulators.HubSpot.Model;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Who is put into lists that are kept by hand, and taken out.</summary>
internal sealed class ListMembers(Refusals refusals)
{
    private const int MostAtOnce = 100_000;

    public Reply Add(Call call) => WithIds(call, (list, ids) => Change(call, list, ids, []));

    public Reply Remove(Call call) => WithIds(call, (list, ids) => Change(call, list, [], ids));

    public Reply AddAndRemove(Call call) => WithKept(call, list =>
        Change(call, list, call.Body.TextsOf("recordIdsToAdd"), call.Body.TextsOf("recordIdsToRemove")));

    public Reply AddFrom(Call call) => WithKept(call, list =>
    {
        if (!ListAccess.TryFind(call, call["source"], out var source))
        {
            return ListAccess.NotFound(refusals, call["source"]);
        }

        if (source.Type != list.Type)
        {
            return refusals.Validation("Both lists must be of the same object type.");
        }

        var now = Instants.ToMilliseconds(call.Now);
        foreach (var member in source.Members)
        {
            call.Account.Lists.Join(list, member.RecordId, now);
        }

        list.Measure(now);
        return Reply.NoContent;
    });

    public Reply Clear(Call call) => WithKept(call, list =>
    {
        var now = Instants.ToMilliseconds(call.Now);
        foreach (var member in list.Members.ToList())
        {
            call.Account.Lists.Leave(list, member.RecordId, now);
        }

        list.Measure(now);
        return Reply.NoContent;
    });

    private Reply Change(Call call, CrmList list, IReadOnlyList<string> adding, IReadOnlyList<string> removing)
    {
        if (adding.Count + removing.Count > MostAtOnce)
        {
            return refusals.Validation($"At most {MostAtOnce} records can be added and removed at once.");
        }

        var now = Instants.ToMilliseconds(call.Now);
        var (added, removed, missing) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var id in adding)
        {
            if (ListAccess.Number(id) is not { } number || !list.Type.Records.TryGet(number, out var record) || !record.IsLive || !RecordAccess.Sees(call, list.Type, record))
            {
                missing.Add(id);
            }
            else if (call.Account.Lists.Join(list, number, now))
            {
                added.Add(id);
            }
        }

        foreach (var id in removing)
        {
            if (ListAccess.Number(id) is { } number && call.Account.Lists.Leave(list, number, now))
            {
                removed.Add(id);
            }
            else
            {
                missing.Add(id);
            }
        }

        list.Measure(now);
        return Reply.Ok(json =>
        {
            json.WriteStartObject();
            Write(json, "recordsIdsAdded", added);
            Write(json, "recordIdsRemoved", removed);
            Write(json, "recordIdsMissing", missing);
            json.WriteEndObject();
        });
    }

    private Reply WithIds(Call call, Func<CrmList, IReadOnlyList<string>, Reply> work) => WithKept(call, list =>
        call.Body.ValueKind == JsonValueKind.Array
            ? work(list, [.. call.Body.EnumerateArray().Select(id => id.AsText()).OfType<string>()])
            : refusals.InvalidJson("an array of record ids was expected"));

    private Reply WithKept(Call call, Func<CrmList, Reply> work) => ListAccess.WithList(refusals, call, list =>
        list.Processing == ListProcessing.Dynamic
            ? refusals.Validation($"The memberships of list {list.Id} follow its filters; only those of MANUAL and SNAPSHOT lists can be changed.")
            : work(list));

    private static void Write(Utf8JsonWriter json, string name, List<string> ids)
    {
        json.WriteStartArray(name);
        ids.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }
}
