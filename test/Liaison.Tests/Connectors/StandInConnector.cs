using System.Collections.Frozen;
using System.Text;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;

namespace Liaison.Tests.Connectors;

/// <summary>A connector whose sessions only show the channel that they were given.</summary>
internal sealed class StandInConnector : IConnector
{
    public static LimitKind Burst => LimitKind.Burst;

    public ConnectorDescriptor Descriptor { get; init; } = Describe([
        new Limit(LimitKind.Burst, 10_000, TimeSpan.FromSeconds(10)),
        new Limit(LimitKind.Daily, 1_000, TimeSpan.FromDays(1)),
    ]);

    public static ConnectorDescriptor Describe(IReadOnlyList<Limit> limits) => new()
    {
        Name = "standin",
        DisplayName = "StandIn",
        DefaultBaseUrl = new Uri("https://crm.test"),
        ApiVersions = [new ApiVersionDescriptor("2026-09"), new ApiVersionDescriptor("2026-03")],
        RecordTypes = [],
        Values = new ValueDialect(),
        Operations = new Dictionary<CrmOperation, OperationDescriptor>
        {
            [CrmOperation.Identify] = new(1, []),
            [CrmOperation.Query] = new(200, [LimitKind.Search, LimitKind.Daily]),
            [CrmOperation.Read] = new(100, [LimitKind.Burst, LimitKind.Daily, LimitKind.Concurrency]),
            [CrmOperation.Write] = new(100, [LimitKind.Burst, LimitKind.Daily, LimitKind.Concurrency]),
        }.ToFrozenDictionary(),
        LimitProfiles = [new LimitProfile("standard", limits)],
        LimitHeaders =
        [
            new LimitHeader("X-Max", LimitKind.Burst, LimitHeaderMeaning.Permits),
            new LimitHeader("X-Remaining", LimitKind.Burst, LimitHeaderMeaning.Remaining),
            new LimitHeader("X-Window", LimitKind.Burst, LimitHeaderMeaning.WindowMilliseconds),
            new LimitHeader("X-Daily", LimitKind.Daily, LimitHeaderMeaning.Permits),
            new LimitHeader("X-Daily-Remaining", LimitKind.Daily, LimitHeaderMeaning.Remaining),
        ],
        Errors =
        [
            new ErrorRule([429], "DAILY", FailureKind.QuotaExhausted, "The day is spent.") { Exhausted = LimitKind.Daily },
            new ErrorRule([429], null, FailureKind.RateLimited, "Too many calls.") { Exhausted = LimitKind.Burst, Wait = TimeSpan.FromSeconds(10) },
            new ErrorRule([400], null, FailureKind.Invalid, "StandIn refused a value."),
            new ErrorRule([409], null, FailureKind.Duplicate, "The record is there already."),
            new ErrorRule([502], null, FailureKind.Unavailable, "StandIn is unavailable.") { MayHaveCommitted = true },
            new ErrorRule([503], null, FailureKind.Unavailable, "StandIn is busy."),
        ],
        ReadError = ReadError,
        Capabilities = ConnectorCapabilities.Query,
        Scopes = [],
        Bodies = new BodyDescriptor
        {
            ShownNames = FrozenSet.Create("category", "success"),
            RecordIdNames = FrozenSet.Create("id"),
            RecordIdQueries = FrozenSet.Create("ids"),
            FieldObjects = FrozenSet.Create("properties"),
            IsRecordId = text => text.Length > 0 && text.All(char.IsAsciiDigit),
        },
        CorrelationHeaders = ["X-Correlation"],
    };

    public IConnectorSession OpenSession(ConnectionProfile connection, UserCredential credential, ICrmChannel channel) =>
        new StandInSession(channel, credential);

    // category|field:code|existing id|missing scope
    private static CrmError ReadError(int status, ReadOnlyMemory<byte> body)
    {
        var parts = Encoding.UTF8.GetString(body.Span).Split('|');
        return parts.Length < 4
            ? new CrmError("")
            : new CrmError(parts[0])
            {
                Fields = [.. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(field => new CrmFieldError(field.Split(':')[0], field.Split(':')[1]))],
                ExistingId = parts[2],
                MissingScopes = parts[3].Split(',', StringSplitOptions.RemoveEmptyEntries),
            };
    }
}

internal sealed class StandInSession(ICrmChannel channel, UserCredential credential) : UnusedSession
{
    public ICrmChannel Channel => channel;

    public UserCredential Credential => credential;
}
