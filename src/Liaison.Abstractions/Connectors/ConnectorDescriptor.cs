using System.Collections.Frozen;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>What a connector declares of its CRM; the engine enforces all of it.</summary>
public sealed record ConnectorDescriptor
{
    /// <summary>Gets the name used in configuration, as in <c>hubspot</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the name that people use, as in <c>HubSpot</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Gets the host of the vendor's own service.</summary>
    public required Uri DefaultBaseUrl { get; init; }

    /// <summary>Gets the API versions that the connector speaks: the default first, then the newest first.</summary>
    public required IReadOnlyList<ApiVersionDescriptor> ApiVersions { get; init; }

    /// <summary>Gets the canonical record types with their native names.</summary>
    public required IReadOnlyList<RecordTypeDescriptor> RecordTypes { get; init; }

    /// <summary>Gets how values look on the wire.</summary>
    public required ValueDialect Values { get; init; }

    /// <summary>Gets what each kind of call may carry and which limits it spends.</summary>
    public required FrozenDictionary<CrmOperation, OperationDescriptor> Operations { get; init; }

    /// <summary>Gets the published limits by account profile; the first is used where the connection names none.</summary>
    public required IReadOnlyList<LimitProfile> LimitProfiles { get; init; }

    /// <summary>Gets the response headers that tell of limits; every one is optional on every answer.</summary>
    public required IReadOnlyList<LimitHeader> LimitHeaders { get; init; }

    /// <summary>Gets the map from error answers to failures; the first rule that fits wins.</summary>
    public required IReadOnlyList<ErrorRule> Errors { get; init; }

    /// <summary>Gets the reader of error bodies; it must take any bytes, since edges answer in HTML.</summary>
    public required Func<int, ReadOnlyMemory<byte>, CrmError> ReadError { get; init; }

    /// <summary>Gets what the CRM can do through this connector.</summary>
    public required ConnectorCapabilities Capabilities { get; init; }

    /// <summary>Gets how the CRM takes work on many records as jobs.</summary>
    /// <value>The default is <see langword="null"/>: it has none, and <see cref="CrmOperation.ReadJob"/> and <see cref="CrmOperation.WriteJob"/> need no operation.</value>
    public JobDescriptor? Jobs { get; init; }

    /// <summary>Gets whether a query of one type brings along the links to another that are asked for with it (<see cref="RecordQuery.Linked"/>).</summary>
    /// <value>The default is none: links are read for themselves.</value>
    public Func<RecordType, RecordType, bool> BringsLinks { get; init; } = static (_, _) => false;

    /// <summary>Gets how many parents up a field may be named by its path, as two in <c>Account.Owner.Email</c>.</summary>
    /// <value>
    /// The default is 0: fields of a record's own only. A connector that declares more takes such paths in <see cref="FieldDefinition.NativeName"/>,
    /// and never serves mapped users (<see cref="MapsUsers"/>): whose parents a user sees is the CRM's to say.
    /// </value>
    public int ParentSteps { get; init; }

    /// <summary>Gets the scopes that each feature needs.</summary>
    public required IReadOnlyList<ScopeRequirement> Scopes { get; init; }

    /// <summary>Gets how the CRM gives out access tokens.</summary>
    /// <value>The default is <see cref="SignInDescriptor.StaticTokens"/>.</value>
    public SignInDescriptor SignIn { get; init; } = SignInDescriptor.StaticTokens;

    /// <summary>Gets how fields come to a CRM that makes none through its API.</summary>
    /// <value>The default is <see langword="null"/>: they are created through the API, or not at all.</value>
    public FieldPackageDescriptor? FieldPackage { get; init; }

    /// <summary>Gets a value indicating whether an account-wide credential may serve users whom an administrator maps.</summary>
    /// <value>The default is <see langword="true"/>; <see langword="false"/> where such a credential is one fixed user's, whose sight is not the account's.</value>
    public bool MapsUsers { get; init; } = true;

    /// <summary>Gets the response headers that may hold the CRM's correlation id, in order of trust.</summary>
    public IReadOnlyList<string> CorrelationHeaders { get; init; } = [];

    /// <summary>Gets what the call log may show of this CRM's bodies.</summary>
    /// <value>The default is <see cref="BodyDescriptor.Masked"/>.</value>
    public BodyDescriptor Bodies { get; init; } = BodyDescriptor.Masked;

    /// <summary>Gives how a connection hands work over as jobs; <see langword="null"/> where the CRM takes none.</summary>
    public JobDescriptor? JobsOf(ConnectionProfile connection)
    {
        ArgumentNullException.ThrowIfNull(connection);

        // Where no job is to be begun, one that was begun earlier is still followed to its end.
        return Jobs is { } jobs && connection.JobsFrom is { } from ? jobs with { From = from == 0 ? int.MaxValue : from } : Jobs;
    }

    /// <summary>Gives the limits of a connection's profile.</summary>
    public LimitProfile LimitsOf(ConnectionProfile connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return LimitProfiles.First(profile => profile.Name == connection.LimitProfile);
    }
}

/// <summary>A version of a CRM's API.</summary>
/// <param name="EndOfSupport">The last day for which the vendor publishes or promises support; <see langword="null"/> where none is known.</param>
public sealed record ApiVersionDescriptor(string Version, DateOnly? EndOfSupport = null);

/// <summary>A canonical record type in one CRM.</summary>
/// <param name="NativeName">The CRM's own name, as in <c>contacts</c>.</param>
/// <param name="FieldNames">Native field names by canonical name; every other field keeps its native name.</param>
public sealed record RecordTypeDescriptor(
    RecordType Type, string NativeName, FrozenDictionary<string, string> FieldNames);

/// <summary>A feature and the scopes without which it cannot work.</summary>
/// <param name="Feature">What the user would miss, as in <c>score contacts</c>.</param>
/// <param name="AnyOf">Scopes of which one suffices.</param>
/// <param name="Write">Whether the feature writes; read-only installations never ask for its scopes.</param>
public sealed record ScopeRequirement(string Feature, IReadOnlyList<string> AnyOf, bool Write)
{
    /// <summary>Gets the record types whose records cannot be read without it, or changed where it <see cref="Write">writes</see>.</summary>
    /// <value>The default is none: no work on records rests on it alone. What a pipeline works on is held against this before it starts (R18).</value>
    public IReadOnlyList<RecordType> Records { get; init; } = [];

    /// <summary>Gets a value indicating whether the feature is turned on only where a connection names it, since not every account can grant its scopes.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool OnRequest { get; init; }
}

/// <summary>What a CRM can do through its connector; the conformance suites check that the rest is refused.</summary>
[Flags]
public enum ConnectorCapabilities
{
    /// <summary>Nothing beyond the plain reads.</summary>
    None = 0,

    /// <summary>Filtered queries.</summary>
    Query = 1,

    /// <summary>Updates of records.</summary>
    Update = 2,

    /// <summary>Creates of records.</summary>
    Create = 4,

    /// <summary>Creation of fields through the API.</summary>
    CreateField = 8,

    /// <summary>Reading of links between records.</summary>
    Associations = 16,

    /// <summary>Credentials that the CRM itself narrows to one user.</summary>
    UserCredentials = 32,

    /// <summary>Making and removing of links, and creates of records that are born with them.</summary>
    Link = 64,

    /// <summary>Deletion of records.</summary>
    Delete = 128,

    /// <summary>Records found, and made or changed in one, by the value of a unique field.</summary>
    Upsert = 256,

    /// <summary>
    /// What a user's own credential makes is nobody's unless the create names an owner, and then its maker may not see it (HubSpot): the
    /// engine makes it the user's.
    /// </summary>
    UnownedCreates = 512,

    /// <summary>Pipelines and their stages, which the engine holds stage moves against.</summary>
    Pipelines = 1024,
}
