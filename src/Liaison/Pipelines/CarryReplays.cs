using System.Globalization;
using Liaison.Alerts;
using Liaison.Failures;
using Liaison.Identity.Keys;
using Liaison.Model;
using Liaison.Work;
using Microsoft.Extensions.Logging;

namespace Liaison.Pipelines;

/// <summary>Makes the planned replays that are due, on whichever node looks first.</summary>
/// <remarks>
/// A plan is taken off only when its replay has been made: a node that dies in between leaves it due for the next, and a replay made twice
/// writes once. Whatever came of it, it is made one time; what still waits then is told, and somebody decides.
/// </remarks>
public sealed partial class CarryReplays(
    IDeadLetterStore letters, IWorkStore work, ReplayDeadLetters replay, KeyRing keys, IAlertSink alerts, ILogger<CarryReplays> logger)
{
    private const int Page = 200;

    /// <summary>Gets how often to look what is due.</summary>
    public static TimeSpan Glance { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Makes what is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        // Asked before the name is taken: most looks find nothing.
        if ((await letters.ListDueAsync(1, cancellationToken)).Count == 0)
        {
            return;
        }

        await using var turn = await work.TryHoldAsync("planned replays", cancellationToken);
        if (turn is null)
        {
            return;
        }

        while (await letters.ListDueAsync(Page, cancellationToken) is { Count: > 0 } due)
        {
            foreach (var asked in due.GroupBy(letter => (Planned: letter.Planned!, letter.Record.Connection)))
            {
                await MakeAsync(asked.Key.Planned, asked.Key.Connection, [.. asked], cancellationToken);
            }
        }
    }

    private async Task MakeAsync(
        PlannedReplay planned, ConnectionName connection, IReadOnlyList<DeadLetter> asked, CancellationToken cancellationToken)
    {
        // A key that was revoked in the meantime asks for nothing any more, whatever its holder asked for by it.
        var made = planned.By.KeyId is { } key && !await keys.IsAcceptedAsync(key, cancellationToken)
            ? new Failure(FailureKind.Denied, $"Key {key}, by which it was planned, is accepted no more.")
            : await replay.ReplayAsync(planned.By, connection, asked, cancellationToken);
        var told = made.TryGet(out var replayed, out var failure)
            ? replayed.FirstOrDefault(letter => letter.State == DeadLetterState.Waiting)?.Told
            : failure.Message;
        var left = replayed?.Count(letter => letter.State == DeadLetterState.Waiting) ?? asked.Count;

        // No token: the replay was made, whoever goes away now.
        await letters.PlanAsync(asked, null, CancellationToken.None);
        LogMade(logger, planned.At, connection.Value, asked.Count, left);
        if (told is not null)
        {
            await alerts.RaiseAsync(
                new Alert(
                    AlertKind.DeadLetters,
                    connection,
                    "planned replay",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The replay that {planned.By.Subject.Id} planned for {planned.At.UtcDateTime:yyyy-MM-dd HH:mm'Z'} left {left} of {asked.Count} dead letters waiting: {told} liaison dead-letter list --connection {connection} shows them.")),
                cancellationToken);
        }
    }

    [LoggerMessage(3431, LogLevel.Information, "The replay planned for {At} on {Connection} was made of {Letters} dead letters; {Waiting} still wait")]
    private static partial void LogMade(ILogger logger, DateTimeOffset at, string connection, int letters, int waiting);
}
