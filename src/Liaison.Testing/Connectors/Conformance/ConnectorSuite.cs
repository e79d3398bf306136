using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Shouldly;
using Xunit;

namespace Liaison.Testing.Connectors.Conformance;

/// <summary>What the connector suites share: a started fixture, a session, and words to ask with.</summary>
/// <typeparam name="TFixture">The account of the connector under test.</typeparam>
public abstract class ConnectorSuite<TFixture> : IAsyncLifetime
    where TFixture : ConnectorFixture, new()
{
    private readonly Dictionary<RecordType, RecordSchema> schemas = [];

    /// <summary>Gets the account.</summary>
    protected TFixture Fixture { get; } = new();

    /// <summary>Gets what is certain of it.</summary>
    protected ConnectorFacts Facts => Fixture.Facts;

    /// <summary>Gets a session that sees everything.</summary>
    protected IConnectorSession Session { get; private set; } = null!;

    /// <summary>Gets the test's token.</summary>
    protected static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Fixture.StartAsync(CancellationToken);
        Session = Fixture.OpenSession();
    }

    public async ValueTask DisposeAsync()
    {
        await Fixture.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a result that has to be a success.</summary>
    protected static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");

    /// <summary>Takes a result that has to be a failure with a sentence fit to be shown.</summary>
    protected static Failure Refused<T>(Result<T> result, FailureKind kind)
    {
        var failure = result.Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(kind, failure.Message);
        failure.Message.ShouldNotBeNullOrWhiteSpace();

        return failure;
    }

    /// <summary>Finds fields of the fixture's type by their canonical or native names.</summary>
    protected async Task<IReadOnlyList<FieldDefinition>> FieldsAsync(params IReadOnlyList<string> names)
    {
        if (!schemas.TryGetValue(Facts.Type, out var schema))
        {
            schema = schemas[Facts.Type] = Ok(await Session.DescribeAsync(Facts.Type, CancellationToken));
        }

        return [.. names.Select(name => schema.Find(name).ShouldNotBeNull($"The type has no field {name}."))];
    }

    /// <summary>Asks for all records of a filter with the field that is known.</summary>
    protected async Task<RecordQuery> QueryAsync(RecordFilter? filter = null, int? pageSize = null) =>
        new(Facts.Type, await FieldsAsync(Facts.Known.Field), filter ?? RecordFilter.Everything, null, pageSize);

    /// <summary>Reads a query to its end, page by page.</summary>
    protected async Task<List<RecordPage>> PagesAsync(RecordQuery query)
    {
        List<RecordPage> pages = [];
        string? cursor = null;
        do
        {
            pages.Count.ShouldBeLessThan(10_000, "The query does not come to its end.");
            pages.Add(Ok(await Session.QueryAsync(query, cursor, CancellationToken)));
            cursor = pages[^1].Next;
        }
        while (cursor is not null);

        return pages;
    }

    /// <summary>Makes an update of one text field.</summary>
    protected static RecordWrite Update(string id, FieldDefinition field, string value, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(field);

        return new(key ?? $"write-{id}", id, new Dictionary<string, NativeValue> { [field.NativeName] = NativeValue.OfText(value) });
    }

    /// <summary>Reads one value of one record back.</summary>
    protected async Task<NativeValue> ReadBackAsync(string id, FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var batch = Ok(await Session.ReadAsync(Facts.Type, [id], [field], CancellationToken));

        return batch.Records.ShouldHaveSingleItem().Values[field.NativeName];
    }

    /// <summary>Skips the test where the connector does not declare a capability; <see cref="CapabilityConformance{TFixture}"/> then checks the refusal.</summary>
    protected void Needs(ConnectorCapabilities capability) =>
        Assert.SkipUnless(Fixture.Connector.Descriptor.Capabilities.HasFlag(capability), $"The connector declares no {capability}.");
}
