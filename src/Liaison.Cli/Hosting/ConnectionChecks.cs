using System.Globalization;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Schema;

namespace Liaison.Cli.Hosting;

/// <summary>Looks at the connections: who the credential is, what it lacks, how long its version is supported, and whether the fields are there that AI writes.</summary>
internal sealed class ConnectionChecks(Installation installation, Caller caller)
{
    // Long enough to move before the day (R189).
    private const int MonthsAhead = 6;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        if (installation.Connections.All.Count == 0)
        {
            findings.Add(Finding.Warning("connections", "There is none.", "liaison connect add NAME, or one under connections in the configuration."));
        }

        foreach (var connection in installation.Connections.All)
        {
            findings.AddRange(await LookAsync(connection, cancellationToken));
        }

        return findings;
    }

    private async Task<IReadOnlyList<Finding>> LookAsync(Connection connection, CancellationToken cancellationToken)
    {
        var name = connection.Profile.Name;
        List<Finding> findings = [Version(connection), Users(connection)];
        var identified = await installation.Gateway.IdentifyAsync(caller, name, cancellationToken);
        if (!identified.TryGet(out var health, out var failure))
        {
            findings.Add(Finding.Failed($"{name}: credential", failure.Message, MendOf(failure, name)));
            return findings;
        }

        findings.Add(health.MissingScopes is [var lacking, ..]
            ? Finding.Failed(
                $"{name}: scopes",
                $"{health.MissingScopes.Count} features lack a scope: {string.Join(", ", health.MissingScopes.Select(need => need.Feature))}.",
                $"Grant {string.Join(" or ", lacking.AnyOf)} in the CRM, and sign in anew where the connection does; or leave the feature out under connections.{name}.features.")
            : Finding.Ok($"{name}: credential", $"{health.Account.CredentialKind} of account {health.Account.AccountId} ({connection.Profile.Environment}); no feature that is turned on lacks a scope."));
        if (connection.Options.Writes == ConnectionWrites.Open)
        {
            findings.Add(await FieldsAsync(name, cancellationToken));
            if (connection.Profile.Environment == CrmEnvironment.Production)
            {
                findings.Add(await PromotionsAsync(name, cancellationToken));
            }
        }

        findings.AddRange(await EndingsAsync(connection, cancellationToken));
        return findings;
    }

    private Finding Version(Connection connection)
    {
        var (check, pinned) = ($"{connection.Profile.Name}: API version", connection.Profile.ApiVersion);
        var end = installation.Connectors.Find(connection.Profile.Crm).TryGet(out var connector, out _)
            ? connector.Descriptor.ApiVersions.FirstOrDefault(version => version.Version == pinned)?.EndOfSupport
            : null;
        var today = DateOnly.FromDateTime(installation.Time.GetUtcNow().UtcDateTime);
        var mend = $"Set connections.{connection.Profile.Name}.apiVersion to {connector?.Descriptor.ApiVersions[0].Version}.";
        return end is not { } last ? Finding.Ok(check, $"{pinned}; the vendor names no last day.")
            : last < today ? Finding.Failed(check, string.Create(CultureInfo.InvariantCulture, $"The vendor's support of {pinned} ended on {last:yyyy-MM-dd}."), mend)
            : last <= today.AddMonths(MonthsAhead) ? Finding.Warning(check, string.Create(CultureInfo.InvariantCulture, $"The vendor's support of {pinned} ends on {last:yyyy-MM-dd}."), mend)
            : Finding.Ok(check, string.Create(CultureInfo.InvariantCulture, $"{pinned}, supported until {last:yyyy-MM-dd}."));
    }

    // What the vendor announces in its answers, beside the last days that it publishes.
    private async Task<IReadOnlyList<Finding>> EndingsAsync(Connection connection, CancellationToken cancellationToken)
    {
        var name = connection.Profile.Name;
        if (!(await installation.ConnectionStates.ReadAsync(name, cancellationToken)).TryGet(out var state, out _))
        {
            return [];
        }

        var newest = installation.Connectors.Find(connection.Profile.Crm).TryGet(out var connector, out _)
            ? connector.Descriptor.ApiVersions.MaxBy(version => version.EndOfSupport)?.Version
            : null;
        var mend = newest is null || newest == connection.Profile.ApiVersion
            ? "This build speaks no later version of the CRM's API; look for a later one of Liaison."
            : $"See what liaison connect check-version {name} --api-version {newest} lists, and set connections.{name}.apiVersion.";
        return
        [
            .. state.Endings.Select(ending => ending.EndsAt <= installation.Time.GetUtcNow()
                ? Finding.Failed($"{name}: {ending.Endpoints}", ending.Told, mend)
                : Finding.Warning($"{name}: {ending.Endpoints}", ending.Told, mend)),
        ];
    }

    private Finding Users(Connection connection)
    {
        var mapped = installation.Connectors.Find(connection.Profile.Crm).TryGet(out var connector, out _) && connector.Descriptor.MapsUsers;
        var (check, options) = ($"{connection.Profile.Name}: users", connection.Options);
        return options.Credentials.Users.Count > 0 || options.Mapped.Users.Count > 0
            ? Finding.Ok(check, $"{options.Credentials.Users.Count} users with credentials of their own, {options.Mapped.Users.Count} mapped to the account's.")
            : Finding.Warning(
                check,
                "There is only the account's credential, so that pipelines work and every read for a user is refused.",
                $"Add users under connections.{connection.Profile.Name}.credentials.users{(mapped ? ", or map them under .mapped.users" : "")}.");
    }

    private async Task<Finding> PromotionsAsync(ConnectionName name, CancellationToken cancellationToken)
    {
        var check = $"{name}: promotion";
        if (!(await installation.PromotionGateway.ListAsync(caller, name, cancellationToken)).TryGet(out var standing, out var failure))
        {
            return Finding.Warning(check, failure.Message, "Ask as somebody with the role operator or admin.");
        }

        var lacking = standing.Where(write => write.Promotion is null).ToList();
        return lacking is [var first, ..]
            ? Finding.Warning(
                check,
                $"{lacking.Count} of {standing.Count} writes are shown and not sent, {first.Write} among them: {first.Lacks}",
                $"Try them in a sandbox, and then: liaison promotion make {name} --from SANDBOX.")
            : Finding.Ok(check, standing.Count == 0 ? "No grant opens a write here." : $"All {standing.Count} writes that grants open are promoted.");
    }

    private async Task<Finding> FieldsAsync(ConnectionName name, CancellationToken cancellationToken)
    {
        var check = $"{name}: AI fields";
        var planned = await installation.Gateway.ProvisionAsync(caller, name, RecordType.Contact, installation.Playbooks, apply: false, cancellationToken);
        if (!planned.TryGet(out var steps, out var failure))
        {
            return Finding.Failed(check, failure.Message, MendOf(failure, name));
        }

        var lacking = steps.Where(step => step.State != ProvisionState.Present).Select(step => step.Field.NativeName).ToList();
        return lacking.Count == 0
            ? Finding.Ok(check, "Contacts have every field that AI writes.")
            : Finding.Failed(check, $"Contacts lack {string.Join(", ", lacking)}, or have them in another form.", $"liaison fields plan {name} shows what is there and what brings the rest.");
    }

    private static string MendOf(Failure failure, ConnectionName name) => failure.Kind switch
    {
        FailureKind.Denied => $"Grant the operator administration of {name} under policy.grants.",
        FailureKind.Unauthenticated => $"Mend the credential; liaison connect test {name} tries it.",
        FailureKind.Unavailable or FailureKind.Ambiguous => "See whether the CRM can be reached from this machine, and try again.",
        _ => $"liaison connect test {name} tells more.",
    };
}
