using System.Text.Json;
using Liaison.Emulators.Hosting;
using Liaison.Emulators.HubSpot.Http;
using Liaison.Emulators.HubSpot.Searching;

namespace Liaison.Emulators.HubSpot.Control;

/// <summary>Arms and disarms faults.</summary>
/// <remarks>
/// The kinds, with the body of <see cref="FaultDesk{TKind}"/>: status (with "status"), cut-after-commit, cut-body, reset, slow, html-502,
/// wrong-content-type, locked (423), migration (477), burst, daily, secondly (429), short-page, empty-page (searches).
/// </remarks>
internal sealed class FaultControl(Faults<FaultKind> faults, PageGaps gaps)
{
    private static readonly Dictionary<string, FaultKind> Kinds = new()
    {
        ["status"] = FaultKind.Status,
        ["cut-after-commit"] = FaultKind.CutAfterCommit,
        ["cut-body"] = FaultKind.CutBody,
        ["reset"] = FaultKind.Reset,
        ["slow"] = FaultKind.Slow,
        ["html-502"] = FaultKind.Html502,
        ["wrong-content-type"] = FaultKind.WrongContentType,
        ["locked"] = FaultKind.Locked,
        ["migration"] = FaultKind.Migration,
        ["burst"] = FaultKind.Burst,
        ["daily"] = FaultKind.Daily,
        ["secondly"] = FaultKind.Secondly,
    };

    private readonly FaultDesk<FaultKind> _desk = new(faults, Kinds);

    public Reply Add(JsonElement body)
    {
        var name = body.TextOf("kind");
        if (name is "short-page" or "empty-page")
        {
            var pages = body.NumberOf("count", 1);
            gaps.Add(name == "short-page" ? pages : 0, name == "empty-page" ? pages : 0);
            return Read();
        }

        return _desk.TryArm(body, Defaults) ? Read()
            : ControlRoutes.Problem(400, $"There is no fault \"{name}\"; choose {_desk.Names}, short-page or empty-page.");
    }

    public Reply Read() => Reply.Ok(_desk.Write);

    public Reply Clear()
    {
        faults.Clear();
        gaps.Clear();
        return Reply.NoContent;
    }

    private static FaultDefaults Defaults(FaultKind kind) => kind switch
    {
        FaultKind.Slow => new(DelayMilliseconds: 2_000),
        FaultKind.Migration => new(RetryAfter: 60),
        _ => default,
    };
}
