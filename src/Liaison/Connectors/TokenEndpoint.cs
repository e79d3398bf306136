using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Identity.Tokens;
using Liaison.Telemetry;

namespace Liaison.Connectors;

/// <summary>Speaks to token endpoints over the same wire as every other call, each one in the call log, and no body in any log.</summary>
internal sealed class TokenEndpoint(
    ConnectorRegistry connectors,
    SecretResolver secrets,
    IHttpClientFactory clients,
    ICallLog log,
    LiaisonTelemetry telemetry,
    ChannelOptions options,
    Random random,
    TimeProvider time,
    CallLogOptions? recording = null) : ITokenEndpoint
{
    private static readonly Caller Self =
        new(new Subject(SubjectKind.Principal, "liaison"), new Actor("sign-in"), Purpose.Administration);

    // Of a form the kind of grant is shown, of an answer why it refuses; a token is neither.
    private static readonly BodyDescriptor Bodies = new()
    {
        ShownNames = FrozenSet.Create(StringComparer.Ordinal, "error", "status", "token_type", "expires_in", "active"),
    };

    private readonly CrmWire wire = new(clients, options, time);
    private readonly CallRecorder recorder = new(log, telemetry, recording ?? new CallLogOptions(), time);
    private readonly TokenForm forms = new(secrets, time);
    private readonly TokenAnswers answers = new(time);
    private readonly Backoff backoff = new(options, random);

    public async Task<TokenAnswer> ObtainAsync(SignIn signIn, string? refreshToken, CancellationToken cancellationToken)
    {
        var descriptor = DescriptorOf(signIn);
        return (await forms.OfGrantAsync(signIn, descriptor, refreshToken, cancellationToken)).TryGet(out var form, out var missing)
            ? await AskAsync(signIn, descriptor, form, cancellationToken)
            : Misconfigured(signIn, missing);
    }

    public TimeSpan? WaitAfter(int attempt) => attempt <= options.Retries ? backoff.After(attempt) : null;

    /// <summary>Exchanges the code of a person's consent.</summary>
    public async Task<TokenAnswer> ExchangeAsync(SignIn signIn, string code, string redirect, string verifier, CancellationToken cancellationToken)
    {
        var descriptor = DescriptorOf(signIn);
        List<(string, string)> exchange =
        [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier),
        ];
        return (await forms.WithAppAsync(signIn, exchange, cancellationToken)).TryGet(out var form, out var missing)
            ? await AskAsync(signIn, descriptor, form, cancellationToken)
            : Misconfigured(signIn, missing);
    }

    /// <summary>Asks whose tokens are, where the CRM tells it; what it does not tell stays as it was.</summary>
    public async Task<Result<TokenSet>> ProveAsync(SignIn signIn, TokenSet tokens, CancellationToken cancellationToken)
    {
        var descriptor = DescriptorOf(signIn);
        if (PathsOf(signIn, descriptor).Introspect is not { } path || signIn.App?.ClientSecret is null)
        {
            return tokens;
        }

        List<(string, string)> question = [("token", tokens.AccessToken), ("token_type_hint", "access_token")];
        if (!(await forms.WithAppAsync(signIn, question, cancellationToken)).TryGet(out var form, out var missing))
        {
            return missing;
        }

        var answer = await PostAsync(signIn, descriptor, "oauth.introspect", path, form, cancellationToken);
        return TokenAnswers.ReadIntrospection(descriptor, answer) is { } owner
            ? tokens with
            {
                AccountId = owner.AccountId ?? tokens.AccountId,
                UserId = owner.UserId ?? tokens.UserId,
                Scopes = owner.Scopes ?? tokens.Scopes,
                Reach = owner.Reach ?? tokens.Reach,
            }
            : new Failure(
                FailureKind.Unavailable,
                $"{descriptor.DisplayName} does not say whose the new token of connection {signIn.Connection.Profile.Name} is; try again.");
    }

    /// <summary>Gives tokens back to the CRM.</summary>
    /// <returns><see langword="false"/> where the CRM has no place for it or did not take it.</returns>
    public async Task<bool> RevokeAsync(SignIn signIn, TokenSet tokens, CancellationToken cancellationToken)
    {
        var descriptor = DescriptorOf(signIn);
        if (PathsOf(signIn, descriptor).Revoke is not { } path)
        {
            return false;
        }

        List<(string, string)> request = [("token", tokens.RefreshToken ?? tokens.AccessToken)];
        if (!(await forms.WithAppAsync(signIn, request, cancellationToken)).TryGet(out var form, out _))
        {
            return false;
        }

        var answer = await PostAsync(signIn, descriptor, "oauth.revoke", path, form, cancellationToken);
        return answer.Status is >= 200 and < 300;
    }

    private async Task<TokenAnswer> AskAsync(
        SignIn signIn, ConnectorDescriptor descriptor, List<(string Name, string Value)> form, CancellationToken cancellationToken) =>
        answers.Read(
            signIn,
            descriptor,
            await PostAsync(signIn, descriptor, "oauth.token", PathsOf(signIn, descriptor).Token, form, cancellationToken));

    private async Task<WireAnswer> PostAsync(
        SignIn signIn,
        ConnectorDescriptor descriptor,
        string name,
        string path,
        List<(string Name, string Value)> form,
        CancellationToken cancellationToken)
    {
        var call = new CrmCall(CrmOperation.Identify, name, HttpMethod.Post, path)
        {
            Body = TokenForm.Encode(form),
            ContentType = "application/x-www-form-urlencoded",
            RecordCount = 0,
        };
        var host = LoginHosts.Of(signIn, descriptor.SignIn);
        var started = time.GetTimestamp();
        var end = AttemptEnd.Abandoned;
        try
        {
            var answer = await wire.SendAsync(call, LoginHosts.At(host, path), token: null, cancellationToken);
            end = AttemptEnd.Of(answer, FailureIn(answer), correlationId: null);
            return answer;
        }
        finally
        {
            await recorder.RecordAsync(
                new AttemptedCall(signIn.Connection.Profile, Self, call, host, Bodies, 1, TimeSpan.Zero, time.GetElapsedTime(started)), end);
        }
    }

    private static Failure? FailureIn(WireAnswer answer) => answer switch
    {
        { Delivery: Delivery.Answered, Status: >= 200 and < 300 } => null,
        { Delivery: Delivery.Answered } => new Failure(FailureKind.Unauthenticated, $"The login host answered {answer.Status}."),
        _ => new Failure(FailureKind.Unavailable, $"The login host was not heard: {answer.Reason}."),
    };

    private ConnectorDescriptor DescriptorOf(SignIn signIn) => connectors.Find(signIn.Connection.Profile.Crm).TryGet(out var connector, out var unknown)
        ? connector.Descriptor
        : throw new InvalidOperationException(unknown.Message);

    // The validator lets no grant pass that the connector does not declare, and the suites none without paths.
    private static SignInPaths PathsOf(SignIn signIn, ConnectorDescriptor descriptor) =>
        descriptor.SignIn.Paths!(signIn.Connection.Profile.ApiVersion);

    private static TokenAnswer Misconfigured(SignIn signIn, Failure missing) => TokenAnswer.Of(
        TokenTrouble.Configuration,
        missing with { Message = $"Connection {signIn.Connection.Profile.Name} cannot sign in: {char.ToLowerInvariant(missing.Message[0])}{missing.Message[1..]}" });
}
