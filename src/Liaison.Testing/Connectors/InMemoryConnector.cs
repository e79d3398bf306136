using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;

namespace Liaison.Testing.Connectors;

/// <summary>A connector to an <see cref="InMemoryCrm"/>, for tests of everything above connectors.</summary>
/// <remarks>It passes every connector suite. Its sessions use no channel, so nothing is throttled, retried or authorized.</remarks>
public sealed class InMemoryConnector : IConnector
{
    /// <summary>How many records a page or a batch has at most.</summary>
    public const int BatchSize = 100;

    private const ConnectorCapabilities Everything = ConnectorCapabilities.Query | ConnectorCapabilities.Update | ConnectorCapabilities.Create
        | ConnectorCapabilities.CreateField | ConnectorCapabilities.Associations | ConnectorCapabilities.Link | ConnectorCapabilities.Delete
        | ConnectorCapabilities.Upsert | ConnectorCapabilities.Pipelines;

    private static readonly LimitKind[] Ordinary = [LimitKind.Burst, LimitKind.Concurrency];

    private readonly InMemoryCrm crm;

    /// <summary>Makes a connector to a CRM of its own.</summary>
    public InMemoryConnector()
        : this(new InMemoryCrm())
    {
    }

    /// <summary>Makes a connector to a CRM.</summary>
    /// <param name="capabilities">What the connector declares; it refuses the rest. The default is all.</param>
    /// <param name="jobs">How it takes jobs. The default is not at all.</param>
    public InMemoryConnector(InMemoryCrm crm, ConnectorCapabilities capabilities = Everything, JobDescriptor? jobs = null)
    {
        ArgumentNullException.ThrowIfNull(crm);
        this.crm = crm;
        Descriptor = Describe(crm, capabilities) with { Jobs = jobs, BringsLinks = (_, _) => jobs is not null };
    }

    /// <summary>Gets the CRM behind the connector.</summary>
    public InMemoryCrm Crm => crm;

    /// <inheritdoc/>
    public ConnectorDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel)
    {
        ArgumentNullException.ThrowIfNull(credential);

        return new InMemorySession(crm, credential, Descriptor.Capabilities, Descriptor.Jobs);
    }

    private static ConnectorDescriptor Describe(InMemoryCrm crm, ConnectorCapabilities capabilities) => new()
    {
        Name = "memory",
        DisplayName = "In-memory CRM",
        DefaultBaseUrl = new("https://memory.invalid"),
        ApiVersions = [new("1")],
        RecordTypes =
        [
            .. from schema in InMemorySchemas.All
               let known = crm.SchemaOf(schema.Type) ?? schema
               select new RecordTypeDescriptor(
                   known.Type,
                   known.NativeType,
                   known.Fields.ToFrozenDictionary(field => field.Key, field => field.Value.NativeName, StringComparer.Ordinal)),
        ],
        Values = new() { EverythingIsText = true, EmptyTextClears = true },
        Operations = Enum.GetValues<CrmOperation>().ToFrozenDictionary(
            operation => operation,
            operation => new OperationDescriptor(BatchSize, Ordinary)),
        LimitProfiles =
        [
            new("generous", [new(LimitKind.Burst, 1_000, TimeSpan.FromSeconds(1)), new(LimitKind.Concurrency, 100, TimeSpan.Zero)]),
        ],
        LimitHeaders = [],
        Errors = Errors,
        ReadError = static (_, _) => new CrmError(""),
        Capabilities = capabilities,
        Scopes = [],
    };

    private static readonly IReadOnlyList<ErrorRule> Errors =
    [
        new([401], null, FailureKind.Unauthenticated, "The credential is not accepted; connect again."),
        new([403], null, FailureKind.Forbidden, "The credential has no right to this."),
        new([404], null, FailureKind.NotFound, "There is no such record."),
        new([409], null, FailureKind.Duplicate, "The record is there already."),
        new([429], null, FailureKind.RateLimited, "Too many calls; try again in a second.") { Wait = TimeSpan.FromSeconds(1), Exhausted = LimitKind.Burst },
        new([400], null, FailureKind.Invalid, "The request is wrong; correct it."),
        new([.. Enumerable.Range(500, 100)], null, FailureKind.Unavailable, "There is a fault; try again.") { MayHaveCommitted = true },
    ];
}
