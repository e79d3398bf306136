using System.Security.Cryptography;
using System.Text;
using Liaison.Alerts;
using Liaison.Failures;

namespace Liaison.Identity.Tokens;

/// <summary>Notes how credentials fare, within the call that shows it, and raises an alert where a person has to act.</summary>
internal sealed class CredentialNotes(ITokenStore store, IAlertSink alerts)
{
    /// <summary>Notes that only a person can help.</summary>
    public async Task BreakAsync(SignIn signIn, HeldCredential credential, Failure failure, long? version, CancellationToken cancellationToken)
    {
        var name = signIn.Connection.Profile.Name;
        if (credential.Noted != failure.Message)
        {
            await store.NoteAsync(name, signIn.Owner, new CredentialNote(failure.Message, NeedsAuthorization: true, version), cancellationToken);
            credential.Noted = failure.Message;
        }

        await alerts.RaiseAsync(
            new Alert(
                AlertKind.NeedsAuthorization,
                name,
                CauseOf(signIn.Owner),
                $"Connection {name} needs re-authorization and its work is parked; liaison connect test {name} tells more. {failure.Message}")
            {
                CorrelationId = failure.CorrelationId,
            },
            cancellationToken);
    }

    /// <summary>Notes a refusal that leaves the credential good, as for a missing scope.</summary>
    public async Task NoteAsync(SignIn signIn, HeldCredential credential, Failure failure, CancellationToken cancellationToken)
    {
        var told = failure.MissingScopes.Count == 0 ? failure.Message : $"{failure.Message} It lacks {string.Join(" or ", failure.MissingScopes)}.";
        if (credential.Noted != told)
        {
            await store.NoteAsync(
                signIn.Connection.Profile.Name, signIn.Owner, new CredentialNote(told, NeedsAuthorization: false), cancellationToken);
            credential.Noted = told;
        }
    }

    /// <summary>Notes that the CRM takes the credential again; costs nothing where it always did.</summary>
    public async ValueTask AcceptAsync(SignIn signIn, HeldCredential credential, CancellationToken cancellationToken)
    {
        if (!credential.Asked)
        {
            credential.Asked = true;
            var stored = await store.FindAsync(signIn.Connection.Profile.Name, signIn.Owner, cancellationToken);
            credential.Noted = stored is { NeedsAuthorization: true, Failure: { } known } ? known : credential.Noted;
        }

        if (credential.Noted.Length > 0)
        {
            credential.Noted = "";
            await store.NoteAsync(signIn.Connection.Profile.Name, signIn.Owner, new CredentialNote(null, NeedsAuthorization: false), cancellationToken);
        }
    }

    /// <summary>Forgets what was noted: new tokens are stored, and the store's row says so itself.</summary>
    public static void Mend(HeldCredential credential) => credential.Noted = "";

    // Alerts of one cause are told as one, and a log names no person.
    private static string CauseOf(string owner) => owner == SignIn.Account
        ? "account"
        : $"user-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..8]}";
}
