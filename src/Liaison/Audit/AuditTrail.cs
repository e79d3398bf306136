using System.Globalization;
using Liaison.Failures;
using Microsoft.Extensions.Logging;

namespace Liaison.Audit;

/// <summary>Writes what was asked before it is done and what came of it after.</summary>
/// <param name="signer">Signs the chain; without one nothing is signed.</param>
/// <param name="values">Encrypts record values; without it none are kept.</param>
public sealed partial class AuditTrail(
    IAuditStore store, TimeProvider time, ILogger<AuditTrail> logger, AuditSigner? signer = null, AuditValues? values = null)
{
    /// <summary>A request may take this long before it is told as one that died.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(10);

    private const int MostTold = 1000;

    private readonly DateTimeOffset began = time.GetUtcNow();

    /// <summary>Tells, in one warning, of the requests of earlier processes that have no outcome; for the start of a process that stays.</summary>
    /// <returns>Their trace ids, oldest first, the first thousand; requests of the last ten minutes may still be under way and are left out.</returns>
    public async Task<IReadOnlyList<string>> TellUnclosedAsync(CancellationToken cancellationToken)
    {
        var young = time.GetUtcNow() - LongestRequest;
        var told = new List<string>();
        foreach (var trace in await store.FindUnclosedAsync(MostTold, cancellationToken))
        {
            var opened = await store.ReadAsync(new AuditQuery(TraceId: trace, Limit: 1), cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (opened is not null && AuditChain.Open(opened).At is var at && at <= young && at < began)
            {
                told.Add(trace);
            }
        }

        if (told.Count > 0)
        {
            LogUnclosed(logger, told.Count, told[0]);
        }

        return told;
    }

    /// <summary>Opens an entry; when the task ends it is durable, so that a death in between leaves a trace.</summary>
    internal async Task<AuditTrace> OpenAsync(AuditTrace trace, CancellationToken cancellationToken)
    {
        await AppendAsync(trace.Entry(AuditPhase.Opened, time.GetUtcNow(), outcome: null), cancellationToken);
        return trace;
    }

    /// <summary>Closes an entry with its outcome and all that is to be known of it.</summary>
    internal Task CloseAsync(AuditTrace trace, Failure? failure, AuditClosing closing, CancellationToken cancellationToken)
    {
        var outcome = failure is not null
            ? string.Create(CultureInfo.InvariantCulture, $"{failure.Kind}: {failure.Message}")
            : closing.Summary is null ? "ok" : $"ok: {closing.Summary}";
        var entry = trace.Entry(AuditPhase.Closed, time.GetUtcNow(), outcome) with
        {
            Records = closing.Records ?? trace.Records,
            PacketHash = closing.PacketHash,
            CorrelationId = failure?.CorrelationId ?? closing.CorrelationId,
            Values = values?.Protect(closing.Values),
        };
        return AppendAsync(entry, cancellationToken);
    }

    private async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await store.AppendAsync([entry], cancellationToken);
        signer?.Count(1);
    }

    [LoggerMessage(1103, LogLevel.Warning, "{Count} requests were opened and never closed, the oldest is trace {TraceId}; liaison audit verify lists them")]
    private static partial void LogUnclosed(ILogger logger, int count, string traceId);
}
