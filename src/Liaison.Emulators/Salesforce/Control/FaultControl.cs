using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Http;

namespace Liaison.Emulators.Salesforce.Control;

/// <summary>Arms and disarms faults.</summary>
/// <remarks>
/// The kinds, with the body of <see cref="FaultDesk{TKind}"/>: status (with "status", "code", "message"), cut-after-commit, cut-body, reset,
/// slow (with "delayMs"; from 20,000, or with "long":true, it counts as long-running), expired (401), not-for-rest (401), daily,
/// concurrency (403), no-route (420), empty-406, html-502, unavailable (503), locked (400 UNABLE_TO_LOCK_ROW).
/// </remarks>
internal sealed class FaultControl(Faults<FaultKind> faults)
{
    private const int LongRunning = 20_000;

    private static readonly Dictionary<string, FaultKind> Kinds = new(StringComparer.Ordinal)
    {
        ["status"] = FaultKind.Status,
        ["cut-after-commit"] = FaultKind.CutAfterCommit,
        ["cut-body"] = FaultKind.CutBody,
        ["reset"] = FaultKind.Reset,
        ["slow"] = FaultKind.Slow,
        ["expired"] = FaultKind.Expired,
        ["not-for-rest"] = FaultKind.NotForRest,
        ["daily"] = FaultKind.Daily,
        ["concurrency"] = FaultKind.Concurrency,
        ["no-route"] = FaultKind.NoRoute,
        ["empty-406"] = FaultKind.Empty406,
        ["html-502"] = FaultKind.Html502,
        ["unavailable"] = FaultKind.Unavailable,
        ["locked"] = FaultKind.Locked,
    };

    private readonly FaultDesk<FaultKind> _desk = new(faults, Kinds);

    public Reply Add(JsonElement body) => _desk.TryArm(body, Defaults) ? Read()
        : ControlJson.Problem(400, $"There is no fault \"{body.TextOf("kind")}\"; choose {_desk.Names}.");

    public Reply Read() => Reply.Ok(_desk.Write);

    public Reply Clear()
    {
        faults.Clear();
        return Reply.NoContent;
    }

    private static FaultDefaults Defaults(FaultKind kind) =>
        new(DelayMilliseconds: kind == FaultKind.Slow ? LongRunning : 0, LongFrom: LongRunning);
}
