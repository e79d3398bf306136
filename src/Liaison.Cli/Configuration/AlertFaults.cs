using Liaison.Alerts;
using Liaison.Identity;

namespace Liaison.Cli.Configuration;

/// <summary>Finds every fault of the section <c>alerts</c>, the reference to its secret included.</summary>
internal static class AlertFaults
{
    public static IEnumerable<string> Of(AlertOptions options)
    {
        foreach (var fault in AlertOptionsValidator.Faults(options))
        {
            yield return fault;
        }

        if (options.Webhook is { Secret: { Length: > 0 } secret } && !SecretReference.Parse(secret).TryGet(out _, out var wrong))
        {
            yield return $"alerts.webhook.secret: {wrong.Message}";
        }
    }
}
