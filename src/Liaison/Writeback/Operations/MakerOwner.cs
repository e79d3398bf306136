using Liaison.Connectors;
using Liaison.Connectors.Mapped;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Writeback.Operations;

/// <summary>Finds the owner that a record gets whose maker has a credential of their own, where the CRM would leave it to nobody.</summary>
/// <remarks>What somebody makes is theirs, as at the CRM's own screens; a change that names an owner is left as it is. Safe for concurrent use.</remarks>
public sealed class MakerOwner(OwnerDirectory owners)
{
    /// <summary>Gives the owner field of a type with the maker's owner id.</summary>
    /// <returns><see langword="null"/> where the CRM names the owner itself, the type has none, or the CRM does not tell who the maker is.</returns>
    internal async Task<(string NativeName, NativeValue Owner)?> FindAsync(OpenType open, RecordSchema schema, CancellationToken cancellationToken)
    {
        if (open.Credential is not { Reach: CredentialReach.User } credential
            || !open.Descriptor.Capabilities.HasFlag(ConnectorCapabilities.UnownedCreates)
            || schema.Fields.GetValueOrDefault(FieldNames.Owner) is not { } field
            || !(await owners.GetAsync(credential.Connection, open.Session, cancellationToken)).TryGet(out var known, out _))
        {
            return null;
        }

        return known.Where(user => user.Active && IsMaker(user, credential)).ToList() is [var maker] ? (field.NativeName, NativeValue.OfText(maker.OwnerId)) : null;
    }

    // Who the CRM proved the user to be at the sign-in; a token that came without one belongs to whom the configuration says.
    private static bool IsMaker(CrmUser user, UserCredential credential) => credential.UserId is { } id
        ? user.UserId == id
        : string.Equals(user.Email, credential.Identity, StringComparison.OrdinalIgnoreCase);
}
