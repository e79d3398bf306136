using System.Globalization;
using System.Text.Json;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;

namespace Liaison.Connectors;

/// <summary>Reads what token endpoints answer; of an error only what the connector's map says of it is repeated.</summary>
internal sealed class TokenAnswers(TimeProvider time)
{
    // What an answer takes to come, and its header's whole seconds, are no skew.
    private static readonly TimeSpan LeastSkew = TimeSpan.FromSeconds(30);

    public TokenAnswer Read(SignIn signIn, ConnectorDescriptor descriptor, WireAnswer answer)
    {
        var name = signIn.Connection.Profile.Name;
        if (answer.Delivery != Delivery.Answered)
        {
            return TokenAnswer.Of(TokenTrouble.Transient, new Failure(
                FailureKind.Unavailable, $"Connection {name} cannot sign in: {answer.Reason}; check its login host and the network."));
        }

        using var document = Parse(answer.Body);
        return document?.RootElement is not { ValueKind: JsonValueKind.Object } json
            ? Refused(signIn, descriptor, answer, default)
            : answer.Status is >= 200 and < 300
            ? Granted(signIn, descriptor, json)
            : Refused(signIn, descriptor, answer, json);
    }

    /// <summary>Reads an introspection; <see langword="null"/> for a token that is not active.</summary>
    public static TokenOwner? ReadIntrospection(ConnectorDescriptor descriptor, WireAnswer answer)
    {
        using var document = Parse(answer.Body);
        return answer.Status is >= 200 and < 300 && document?.RootElement is { ValueKind: JsonValueKind.Object } json
            && json.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True
                ? descriptor.SignIn.ReadIntrospection(json.Clone())
                : null;
    }

    private TokenAnswer Granted(SignIn signIn, ConnectorDescriptor descriptor, JsonElement json)
    {
        var name = signIn.Connection.Profile.Name;
        if (Text(json, "access_token") is not { Length: > 0 } access || !access.All(letter => letter is > ' ' and <= '~'))
        {
            return TokenAnswer.Of(TokenTrouble.Transient, new Failure(
                FailureKind.Unavailable, $"Connection {name} cannot sign in: the login host answered without a token; try again later."));
        }

        var owner = descriptor.SignIn.ReadOwner(json);
        if (owner.InstanceUrl is { } instance && AddressFaults.Of("host", instance, signIn.Connection.Profile.Environment).Any())
        {
            return TokenAnswer.Of(TokenTrouble.Configuration, new Failure(
                FailureKind.Unauthenticated, $"Connection {name} cannot sign in: the token answer names a host that no token may be sent to in the clear; check the login host."));
        }

        var now = time.GetUtcNow();
        var lifetime = Seconds(json) ?? (signIn.Options.LifetimeMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : descriptor.SignIn.AssumedLifetime);
        return TokenAnswer.Of(new TokenSet(access, now, now + lifetime)
        {
            RefreshToken = Text(json, "refresh_token") is { Length: > 0 } refresh ? refresh : null,
            InstanceUrl = owner.InstanceUrl,
            AccountId = owner.AccountId,
            UserId = owner.UserId,
            Scopes = owner.Scopes ?? Text(json, "scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        });
    }

    private TokenAnswer Refused(SignIn signIn, ConnectorDescriptor descriptor, WireAnswer answer, JsonElement json)
    {
        var rule = RuleOf(descriptor, answer, json);
        var wait = answer.Headers?.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
            _ => rule.Wait,
        };
        var kind = rule.Trouble switch
        {
            TokenTrouble.Reconnect or TokenTrouble.Configuration => FailureKind.Unauthenticated,
            TokenTrouble.Wait => FailureKind.RateLimited,
            TokenTrouble.Transient => FailureKind.Unavailable,
        };
        return TokenAnswer.Of(
            rule.Trouble,
            new Failure(kind, $"Connection {signIn.Connection.Profile.Name} cannot sign in: {rule.Sentence}{ClockIn(signIn, answer, json)}", wait));
    }

    // An assertion that is refused is good by this machine's clock; before it is blamed, the clock is held against the login host's
    // (contracts/salesforce.md 15).
    private string ClockIn(SignIn signIn, WireAnswer answer, JsonElement json)
    {
        if (signIn.Options.Grant != GrantKind.JwtBearer || json.ValueKind != JsonValueKind.Object || Text(json, "error") != "invalid_grant"
            || answer.Headers?.Date is not { } theirs)
        {
            return "";
        }

        var ahead = time.GetUtcNow() - theirs;
        return ahead.Duration() <= LeastSkew ? ""
            : string.Create(CultureInfo.InvariantCulture, $" This machine's clock is {ahead.Duration().TotalSeconds:0} seconds {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the login host's; set it first.");
    }

    // What is no JSON object comes from something in front of the endpoint, and an edge's word decides nothing for good.
    private static TokenErrorRule RuleOf(ConnectorDescriptor descriptor, WireAnswer answer, JsonElement json)
    {
        var crm = descriptor.DisplayName;
        if (answer.Status == 429)
        {
            return new TokenErrorRule(null, TokenTrouble.Wait, $"{crm} asks to sign in less often; it is tried again later.");
        }

        if (json.ValueKind != JsonValueKind.Object || answer.Status >= 500)
        {
            return new TokenErrorRule(null, TokenTrouble.Transient, $"{crm}'s login host is out of order ({answer.Status}); try again later.");
        }

        var (error, status, described) = (Text(json, "error") ?? "", Text(json, "status") ?? "", Text(json, "error_description") ?? "");
        return descriptor.SignIn.Errors.FirstOrDefault(rule =>
                (rule.Error is null || rule.Error == error)
                && (rule.Status is null || rule.Status == status)
                && (rule.Describes is null || described.Contains(rule.Describes, StringComparison.OrdinalIgnoreCase)))
            ?? Otherwise(crm, error);
    }

    // RFC 6749, section 5.2.
    private static TokenErrorRule Otherwise(string crm, string error) => error switch
    {
        "invalid_grant" => new(error, TokenTrouble.Reconnect, $"{crm} no longer takes what the sign-in gave; sign in again with liaison connect add."),
        "invalid_client" or "unauthorized_client" => new(error, TokenTrouble.Configuration, $"{crm} does not accept the app; correct its clientId and secret."),
        "unsupported_grant_type" => new(error, TokenTrouble.Configuration, $"{crm} does not offer this grant to the app; turn it on in the app's settings or use another."),
        "invalid_scope" => new(error, TokenTrouble.Configuration, $"{crm} does not give the app a scope that was asked for; add it in the app's settings."),
        "temporarily_unavailable" or "server_error" => new(error, TokenTrouble.Transient, $"{crm}'s login host is out of order; try again later."),
        _ => new(error, TokenTrouble.Configuration, $"{crm} refused the sign-in; check the app's settings and the credential."),
    };

    private static TimeSpan? Seconds(JsonElement json) => json.TryGetProperty("expires_in", out var told)
        && double.TryParse(told.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
