using System.Globalization;
using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Model;
using Liaison.Emulators.HubSpot.Webhooks;

namespace Liaison.Emulators.HubSpot.Endpoints;

/// <summary>Reading an app's journal: each entry is an address to fetch its file from, and the offset to go on from.</summary>
internal sealed class JournalReads(Refusals refusals, IdSource ids)
{
    private const int MostAtOnce = 100;

    public Reply Earliest(Call call) => One(call, Entries(call) is [var first, ..] ? first : null);

    public Reply Latest(Call call) => One(call, Entries(call) is [.., var last] ? last : null);

    public Reply Next(Call call) => After(call, entries => One(call, entries.FirstOrDefault()));

    public Reply EarliestMany(Call call) => WithCount(call, count => Many(call, Entries(call).Take(count), []));

    public Reply LatestMany(Call call) => WithCount(call, count => Many(call, Entries(call).TakeLast(count), []));

    public Reply NextMany(Call call) => WithCount(call, count => After(call, entries => Many(call, entries.Take(count), [])));

    public Reply Batch(Call call)
    {
        var asked = call.Body.TextsOf("inputs");
        var entries = Entries(call);
        var found = entries.Where(entry => asked.Contains(entry.Offset.ToString())).ToList();
        var missing = asked.Except(found.Select(entry => entry.Offset.ToString())).ToList();
        return Many(call, found, missing.Count == 0 ? [] : [new BatchFault("OBJECT_NOT_FOUND", "Some offsets were never given out or are no longer kept.", null, [("ids", missing)])]);
    }

    /// <summary>Gives what is kept for the app; another account's part is empty, for this is the only one.</summary>
    private static IReadOnlyList<JournalEntry> Entries(Call call)
    {
        var journal = call.Account.Events.Journals.Of(call.Caller.App.Id);
        var now = Instants.ToMilliseconds(call.Now);
        foreach (var id in journal.Subscriptions.SelectMany(subscription => subscription.ListIds).Distinct().ToList())
        {
            // A list that follows its filters is asked for its members before the journal tells of them.
            if (call.Account.Lists.Find(id) is { DeletedAt: null } list)
            {
                call.Account.Lists.Settle(list, now);
            }
        }

        var entries = journal.Read(now, entry => call.Account.Downloads.Withdraw(entry.Key ?? ""));
        return call.Query("installPortalId") is not { Length: > 0 } portal || portal == call.Account.PortalId.ToString(CultureInfo.InvariantCulture) ? entries : [];
    }

    private Reply After(Call call, Func<IEnumerable<JournalEntry>, Reply> work)
    {
        var entries = Entries(call);
        var at = entries.Select((entry, index) => (entry, index)).Where(one => one.entry.Offset.ToString() == call["offset"]).Select(one => (int?)one.index).FirstOrDefault();
        return at is { } index
            ? work(entries.Skip(index + 1))
            : refusals.NotFound($"The offset {call["offset"]} was never given out or is no longer kept: a journal goes back three days.");
    }

    private Reply WithCount(Call call, Func<int, Reply> work) =>
        int.TryParse(call["count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostAtOnce
            ? work(count)
            : refusals.Validation($"The count must be a number from 1 to {MostAtOnce}.");

    private Reply One(Call call, JournalEntry? entry) => entry is null ? Reply.NoContent : Reply.Ok(json => Write(json, call, entry));

    private Reply Many(Call call, IEnumerable<JournalEntry> entries, IReadOnlyList<BatchFault> faults) =>
        BatchAnswer.InOrder(call, 200, [.. entries.Select<JournalEntry, Action<Utf8JsonWriter>>(entry => json => Write(json, call, entry))], faults);

    private void Write(Utf8JsonWriter json, Call call, JournalEntry entry)
    {
        if (entry.Key is null)
        {
            entry.Key = ids.Token(40);
            call.Account.Downloads.Offer(entry.Key, new Download("application/json;charset=utf-8", JournalJson.Of(call.Account, entry), AppJournal.ExpiryOf(entry)));
        }

        json.WriteStartObject();
        json.WriteString("url", $"{call.Origin}{Files.Path}/{entry.Key}");
        json.WriteString("currentOffset", entry.Offset);
        RecordJson.WriteMoment(json, "expiresAt", AppJournal.ExpiryOf(entry));
        json.WriteEndObject();
    }
}
