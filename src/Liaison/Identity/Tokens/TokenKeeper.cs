using System.Collections.Concurrent;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Telemetry;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace Liaison.Identity.Tokens;

/// <summary>Keeps every credential's tokens live: renews ahead of their end, once for all callers and all processes on one store.</summary>
/// <remarks>
/// Until a token's end nobody waits for its renewal but the one who makes it. A rotated refresh token is stored before the lease is
/// given back, so that the next one to renew never spends a dead one (contracts/salesforce.md 1.5). Safe for concurrent use.
/// </remarks>
internal sealed partial class TokenKeeper(
    ITokenStore store,
    IDataProtectionProvider protection,
    ITokenEndpoint endpoint,
    CredentialNotes notes,
    TimeProvider time,
    ILogger<TokenKeeper> logger,
    LiaisonTelemetry? telemetry = null) : IDisposable
{
    private const int MostTurns = 600;

    // Longer than a token call may take: only the dead lose a lease.
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    private readonly TokenVault vault = new(protection);
    private readonly ConcurrentDictionary<(ConnectionName Connection, string Owner), HeldCredential> credentials = new();

    public void Dispose()
    {
        foreach (var credential in credentials.Values)
        {
            credential.Dispose();
        }
    }

    /// <summary>Gives tokens with which a call may set out.</summary>
    public async ValueTask<Result<HeldTokens>> GetAsync(SignIn signIn, CancellationToken cancellationToken)
    {
        var credential = Of(signIn);
        var (held, now) = (credential.Held, time.GetUtcNow());
        var usable = held is not null && held.Tokens.IsUsable(now);
        if (held is not null && (!held.Tokens.IsDue(now) || (usable && now.UtcTicks < Volatile.Read(ref credential.RestUntil))))
        {
            return held;
        }

        // Due, and good for some time yet: one caller renews, the others go on with what there is.
        var patience = usable ? TimeSpan.Zero : Timeout.InfiniteTimeSpan;
        if (!await credential.Gate.WaitAsync(patience, cancellationToken))
        {
            return held!;
        }

        try
        {
            return await RenewAsync(signIn, credential, refused: null, cancellationToken);
        }
        finally
        {
            credential.Gate.Release();
        }
    }

    /// <summary>Gives tokens other than those that the CRM refused.</summary>
    public async Task<Result<HeldTokens>> ReplaceAsync(SignIn signIn, long refused, CancellationToken cancellationToken)
    {
        var credential = Of(signIn);
        await credential.Gate.WaitAsync(cancellationToken);
        try
        {
            return credential.Held is { } held && held.Version > refused && held.Tokens.IsUsable(time.GetUtcNow())
                ? held
                : await RenewAsync(signIn, credential, refused, cancellationToken);
        }
        finally
        {
            credential.Gate.Release();
        }
    }

    /// <summary>Notes within the call that the CRM took a credential, where it was noted otherwise.</summary>
    public ValueTask AcceptAsync(SignIn signIn, CancellationToken cancellationToken) => notes.AcceptAsync(signIn, Of(signIn), cancellationToken);

    /// <summary>Notes within the call that the CRM refused a credential.</summary>
    /// <param name="version">The tokens that it refused; <see langword="null"/> for a static one.</param>
    public Task RefuseAsync(SignIn signIn, Failure failure, long? version, CancellationToken cancellationToken) =>
        failure.Kind == FailureKind.Unauthenticated
            ? notes.BreakAsync(signIn, Of(signIn), failure, version, cancellationToken)
            : notes.NoteAsync(signIn, Of(signIn), failure, cancellationToken);

    /// <summary>Stores what a person's sign-in gave.</summary>
    public async Task ConnectAsync(SignIn signIn, TokenSet tokens, CancellationToken cancellationToken)
    {
        var name = signIn.Connection.Profile.Name;
        await store.ConnectAsync(name, signIn.Owner, vault.Seal(name, signIn.Owner, tokens), cancellationToken);
        if (credentials.TryGetValue((name, signIn.Owner), out var credential))
        {
            credential.Held = null;
        }
    }

    /// <summary>Reads the tokens of a credential as they lie in the store; <see langword="null"/> where there are none that open.</summary>
    public async Task<TokenSet?> FindAsync(ConnectionName connection, string owner, CancellationToken cancellationToken) =>
        await store.FindAsync(connection, owner, cancellationToken) is { Tokens: { } kept } && vault.Open(connection, owner, kept).TryGet(out var tokens, out _)
            ? tokens
            : null;

    private HeldCredential Of(SignIn signIn) =>
        credentials.GetOrAdd((signIn.Connection.Profile.Name, signIn.Owner), _ => new HeldCredential());

    private async Task<Result<HeldTokens>> RenewAsync(
        SignIn signIn, HeldCredential credential, long? refused, CancellationToken cancellationToken)
    {
        var (name, owner) = (signIn.Connection.Profile.Name, signIn.Owner);
        var told = new Failure(FailureKind.Unavailable, $"Another process has been renewing the token of connection {name} for too long; try again.");
        var faults = 0;
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var stored = await store.FindAsync(name, owner, cancellationToken);
            if (Fresh(stored, refused) is { } fresh)
            {
                credential.Held = fresh;
                return fresh;
            }

            if (stored is { NeedsAuthorization: true, Failure: { } known } && NeedsPerson(signIn))
            {
                return new Failure(FailureKind.Unauthenticated, known);
            }

            if (await store.TryLeaseAsync(name, owner, LeaseLength, cancellationToken) is { } lease)
            {
                var turned = await RenewAsync(signIn, credential, lease, refused, faults + 1, cancellationToken);
                if (turned.Result is { } result)
                {
                    return result;
                }

                told = turned.Told ?? told;
                faults += turned.Told?.Kind == FailureKind.Unavailable ? 1 : 0;
                continue;
            }

            if (Usable(credential, refused) is { } old)
            {
                return old;
            }

            await Task.Delay(Turn, time, cancellationToken);
        }

        return told;
    }

    // Under the lease. No result means: look again, since another was quicker or the endpoint asks to wait.
    private async Task<Turned> RenewAsync(
        SignIn signIn, HeldCredential credential, long lease, long? refused, int attempt, CancellationToken cancellationToken)
    {
        var (name, owner) = (signIn.Connection.Profile.Name, signIn.Owner);
        var given = false;
        try
        {
            var stored = await store.FindAsync(name, owner, cancellationToken);
            if (Fresh(stored, refused) is not null)
            {
                return new Turned(null);
            }

            var before = Open(stored);
            if (NeedsPerson(signIn) && before?.RefreshToken is null)
            {
                return new Turned(Unconnected(signIn));
            }

            // Without the caller's token: once asked, a rotating endpoint has spent the old refresh token, and the new one must be kept.
            var answer = await endpoint.ObtainAsync(signIn, before?.RefreshToken, CancellationToken.None);
            if (answer.Tokens is { } obtained && TokenOwners.Differ(signIn, before, obtained) is { } stranger)
            {
                answer = TokenAnswer.Of(TokenTrouble.Configuration, stranger);
            }

            if (answer.Tokens is { } tokens)
            {
                // An answer without a refresh token leaves the old one good (contracts/salesforce.md 1.5).
                var kept = tokens with { RefreshToken = tokens.RefreshToken ?? before?.RefreshToken, Reach = tokens.Reach ?? before?.Reach, Scopes = tokens.Scopes ?? before?.Scopes };
                given = await store.RenewAsync(name, owner, lease, vault.Seal(name, owner, kept), CancellationToken.None);
                LogRenewed(logger, name.Value, given);
                telemetry?.RecordRefresh(name.Value, "ok");
                if (!given)
                {
                    return new Turned((Result<HeldTokens>?)null);
                }

                CredentialNotes.Mend(credential);
                var held = new HeldTokens(kept, (stored?.Version ?? 0) + 1);
                credential.Held = held;
                return new Turned(held);
            }

            return await FailAsync(signIn, credential, stored, answer, refused, attempt, cancellationToken);
        }
        finally
        {
            if (!given)
            {
                await store.ReleaseAsync(name, owner, lease, CancellationToken.None);
            }
        }
    }

    private async Task<Turned> FailAsync(
        SignIn signIn,
        HeldCredential credential,
        StoredCredential? before,
        TokenAnswer answer,
        long? refused,
        int attempt,
        CancellationToken cancellationToken)
    {
        var (name, owner) = (signIn.Connection.Profile.Name, signIn.Owner);
        var failure = answer.Failure!;
        Volatile.Write(ref credential.RestUntil, (time.GetUtcNow() + (failure.RetryAfter ?? Rest)).UtcTicks);
        LogRefused(logger, name.Value, answer.Trouble);
        telemetry?.RecordRefresh(name.Value, answer.Trouble.ToString());
        switch (answer.Trouble)
        {
            // Nobody waits while the token of before is good: who comes after the rest asks again.
            case TokenTrouble.Transient or TokenTrouble.Wait when Usable(credential, refused) is { } old:
                return new Turned(old);

            // The answer may be lost and the tokens given. By a key, a password or the app's own secret the next are simply others. A refresh
            // token that stays the same, as HubSpot's, is good again. Where each use gives another, as Salesforce can be told to, the one
            // that was lost is the only good one: the next answer says so, and a person signs in.
            case TokenTrouble.Transient:
                return await PauseAsync(failure, endpoint.WaitAfter(attempt), cancellationToken);

            case TokenTrouble.Wait:
                return await PauseAsync(failure, Turn, cancellationToken);

            // A consent that is gone may only be one that another has renewed: the store is read once more before anybody is told.
            case TokenTrouble.Reconnect when (await store.FindAsync(name, owner, cancellationToken))?.Version is { } now && now != (before?.Version ?? 0):
                return new Turned(null);

            default:
                await notes.BreakAsync(signIn, credential, failure, before?.Version, CancellationToken.None);
                return new Turned(failure);
        }
    }

    // Under the lease, so that no other process asks meanwhile; what takes longer than the lease lasts is told.
    private async Task<Turned> PauseAsync(Failure failure, TimeSpan? wait, CancellationToken cancellationToken)
    {
        if (wait is null || failure.RetryAfter > LeaseLength)
        {
            return new Turned(failure);
        }

        await Task.Delay(failure.RetryAfter ?? wait.Value, time, cancellationToken);
        return new Turned(null) { Told = failure };
    }

    private HeldTokens? Fresh(StoredCredential? stored, long? refused) =>
        stored is not null && stored.Version > (refused ?? -1) && Open(stored) is { } tokens && !tokens.IsDue(time.GetUtcNow())
            ? new HeldTokens(tokens, stored.Version)
            : null;

    private HeldTokens? Usable(HeldCredential credential, long? refused) =>
        credential.Held is { } held && held.Version > (refused ?? -1) && held.Tokens.IsUsable(time.GetUtcNow()) ? held : null;

    private TokenSet? Open(StoredCredential? stored) =>
        stored?.Tokens is { } kept && vault.Open(stored.Connection, stored.Owner, kept).TryGet(out var tokens, out _) ? tokens : null;

    private static bool NeedsPerson(SignIn signIn) => signIn.Options.Grant == GrantKind.AuthorizationCode;

    private static Failure Unconnected(SignIn signIn) => new(
        FailureKind.Unauthenticated,
        signIn.Owner == SignIn.Account
            ? $"Nobody has signed in to connection {signIn.Connection.Profile.Name} yet; run liaison connect add {signIn.Connection.Profile.Name} --oauth."
            : $"The user has not signed in to connection {signIn.Connection.Profile.Name} yet; run liaison connect add {signIn.Connection.Profile.Name} --oauth --user with the user's id.");

    private readonly record struct Turned(Result<HeldTokens>? Result)
    {
        public Failure? Told { get; init; }
    }

    [LoggerMessage(1401, LogLevel.Information, "A token of {Connection} was renewed (stored: {Stored})")]
    private static partial void LogRenewed(ILogger logger, string connection, bool stored);

    [LoggerMessage(1402, LogLevel.Warning, "A token of {Connection} could not be renewed: {Trouble}")]
    private static partial void LogRefused(ILogger logger, string connection, TokenTrouble trouble);
}
