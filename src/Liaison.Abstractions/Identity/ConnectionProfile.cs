using System.Collections.Frozen;
using Liaison.Model;

namespace Liaison.Identity;

/// <summary>Whether a mistake in this account hurts.</summary>
public enum CrmEnvironment
{
    /// <summary>A test account.</summary>
    Sandbox,

    /// <summary>The company's real account.</summary>
    Production,
}

/// <summary>A configured CRM account, without its secrets.</summary>
/// <param name="Crm">The connector's name, as in <c>hubspot</c>.</param>
/// <param name="BaseUrl">The host that calls go to, unless the credential names another.</param>
/// <param name="ApiVersion">The pinned version; every URL carries it.</param>
/// <param name="LimitProfile">Which of the connector's limit profiles the account has.</param>
public sealed record ConnectionProfile(
    ConnectionName Name, string Crm, CrmEnvironment Environment, Uri BaseUrl, string ApiVersion, string LimitProfile)
{
    /// <summary>Gets where the account keeps canonical fields, where that is not where the connector looks; the engine sees to it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> FieldNames { get; init; } =
        FrozenDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    /// <summary>Gets from how many records on the engine hands work to the CRM as jobs, where that has any; 0 is never.</summary>
    /// <value>The default is <see langword="null"/>: as the connector declares.</value>
    public int? JobsFrom { get; init; }
}
