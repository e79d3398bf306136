namespace Liaison.House.Tests.Canaries;

/// <summary>What goes wrong in the CRM while a run is under way, as the emulator's control routes take it.</summary>
/// <param name="Orders">The routes below <c>/_emulator/</c> and their bodies, in order.</param>
internal sealed record Trouble(string Name, params IReadOnlyList<(string Route, string Body)> Orders)
{
    private const string Reads = "POST /crm/objects/*/batch/read";
    private const string Writes = "POST /crm/objects/*/batch/update";

    /// <summary>Gets every trouble; each is met by a run of its own.</summary>
    public static IReadOnlyList<Trouble> All { get; } =
    [
        new("none"),
        Fault("burst", "\"count\":2,\"retryAfter\":1"),
        Fault("secondly", "\"count\":1"),
        Fault("daily", $"\"operation\":\"{Writes}\""),
        Fault("status", "\"status\":500,\"count\":1"),
        Fault("status", $"\"status\":503,\"operation\":\"{Writes}\",\"count\":1"),
        Fault("status", $"\"status\":400,\"operation\":\"{Writes}\""),
        Fault("status", $"\"status\":403,\"operation\":\"{Reads}\""),
        Fault("status", $"\"status\":403,\"operation\":\"{Writes}\""),
        Fault("cut-body", $"\"operation\":\"{Reads}\",\"count\":1"),
        Fault("cut-body", $"\"operation\":\"{Writes}\",\"count\":1"),
        Fault("cut-after-commit", $"\"operation\":\"{Writes}\",\"count\":1"),
        Fault("reset", $"\"operation\":\"{Writes}\",\"count\":1"),
        Fault("html-502", $"\"operation\":\"{Reads}\",\"count\":1"),
        Fault("locked", $"\"operation\":\"{Writes}\",\"count\":1"),
        new("revoked token", ("tokens", $$"""{"token":"{{Canary.Token}}","revoked":true}""")),
        new("expired token", ("tokens", $$"""{"token":"{{Canary.Token}}","expired":true}""")),
        new("lost scope", ("tokens", $$"""{"token":"{{Canary.Token}}","removeScopes":["crm.objects.contacts.write"]}""")),

        // The CRM now refuses what is written and quotes it in its answer.
        new("changed type", ("schema", """{"type":"contacts","action":"change","property":{"name":"ai_qualification_rationale","type":"number","fieldType":"number"}}""")),
        new("removed field", ("schema", """{"type":"contacts","action":"remove","property":{"name":"ai_recommended_playbook"}}""")),
    ];

    private static Trouble Fault(string kind, string more) => new($"{kind} {more}", ("faults", $$"""{"kind":"{{kind}}",{{more}}}"""));
}
