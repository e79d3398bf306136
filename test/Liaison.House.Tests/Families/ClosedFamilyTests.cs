using System.Text.Json;
using Liaison.Connectors;
using Liaison.Context;
using Liaison.HubSpot.Search;
using Liaison.HubSpot.Wire;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Pipelines.Scorecards;
using Liaison.Reading.Filters;
using Liaison.Salesforce.Soql;
using Liaison.Testing.Connectors;
using Liaison.Writeback;
using ValueReader = Liaison.Normalization.ValueReader;

namespace Liaison.House.Tests.Families;

/// <summary>The compiler cannot see that a family of records is closed, so each switch over one is run with every case.</summary>
public sealed class ClosedFamilyTests
{
    private static readonly ValueDialect Dialect = new() { EverythingIsText = true, EmptyTextClears = true };

    private static readonly IReadOnlyList<Exercise> Exercises =
    [
        Exercise.Of(Cases.Values, value => ValueText.Of(value), "Liaison.Normalization.ValueText.Of"),
        Exercise.Of(
            [.. Cases.Values.SelectMany(value => Fields.All.Select(field => (value, field)))],
            pair => ValueWriter.Write(pair.value, pair.field, Dialect),
            "Liaison.Normalization.ValueWriter.Write"),
        Exercise.Of(
            Enum.GetValues<FieldState>(),
            state => ValueWriter.WriteBack(new Field("Text", state, Cases.Values[1], NativeValue.OfText("a")), Fields.Of(FieldType.Text), Dialect),
            "Liaison.Normalization.ValueWriter.WriteBack"),
        Exercise.Of(
            Enum.GetValues<FieldType>(),
            type => ValueReader.Read(Fields.Of(type), NativeValue.OfText(Fields.TextOf(type)), Dialect),
            "Liaison.Normalization.ValueReader.Read"),
        Exercise.Of(Cases.Values, WriteJson, "Liaison.Context.ContextValueJson.Write"),
        Exercise.Of(Enum.GetValues<FieldState>(), state => ContextJson.Render(PacketOf(state)), "Liaison.Context.ContextJson.NameOf"),
        Exercise.Of(
            Cases.Syntax,
            syntax => FilterBinder.Bind(syntax, Fields.Schema, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc),
            "Liaison.Reading.Filters.FilterBinder.Bind",
            "Liaison.Reading.Filters.MomentComparison.Compare",
            "Liaison.Reading.Filters.MomentComparison.Against",
            "Liaison.Reading.Filters.OperandTyping.Value"),
        Exercise.Of(
            Cases.Syntax,
            syntax => FilterNames.Of(FilterNames.Renamed(syntax, name => name)).Count(),
            "Liaison.Reading.Filters.FilterNames.Of",
            "Liaison.Reading.Filters.FilterNames.Renamed"),
        Exercise.Of(
            Cases.Filters,
            filter => FilterNegation.Of(filter),
            "Liaison.Reading.Filters.FilterNegation.Of",
            "Liaison.Reading.Filters.FilterNegation.OfComparison"),
        Exercise.Of(
            Cases.Filters,
            filter => FilterPrinter.Print(filter),
            "Liaison.Reading.Filters.FilterPrinter.Print",
            "Liaison.Reading.Filters.FilterPrinter.Sign",
            "Liaison.Reading.Filters.FilterPrinter.Value"),
        Exercise.Of(Cases.Filters, filter => FilterFields.Of(filter), "Liaison.Reading.Filters.FilterFields.Names"),
        Exercise.Of(Cases.Filters, filter => FilterEvaluation.Holds(filter, _ => Cases.Values[1]), "Liaison.Reading.Filters.FilterEvaluation.Holds"),
        Exercise.Of(
            ["=", "==", "!=", "<>", "<", "<=", ">", ">="], sign => OperatorPhrases.OfSign(sign), "Liaison.Reading.Filters.OperatorPhrases.OfSign"),
        Exercise.Of(
            Enum.GetValues<ScaleCurve>(),
            curve => CriterionTest.Of(new MatchOptions { Scale = new ScaleOptions { From = 0, To = 10, By = curve } }).Judge(new FieldValue.Number(5), default),
            "Liaison.Pipelines.Scorecards.CriterionTest.Judge"),
        Exercise.Of(
            Cases.Filters,
            filter => new FilterCompiler(name => name).Compile(filter, reserved: 1),
            "Liaison.HubSpot.Search.FilterCompiler.Compile",
            "Liaison.HubSpot.Search.FilterCompiler.Encode"),
        Exercise.Of(Cases.Filters, filter => NamedFields.Native(filter, new Dictionary<string, string>()), "Liaison.Connectors.NamedFields.Native"),
        Exercise.Of(
            Cases.Filters,
            filter => new ConditionCompiler(name => name).Compile(filter),
            "Liaison.Salesforce.Soql.ConditionCompiler.Compile"),
        Exercise.Of(Cases.Values, value => _ = SoqlLiteral.Of(value), "Liaison.Salesforce.Soql.SoqlLiteral.Of"),
        Exercise.Of(Enum.GetValues<SearchStep>(), step => Plan.RequestAt(At(step)), "Liaison.HubSpot.Search.SearchPlan.RequestAt"),
        Exercise.Of(
            Enum.GetValues<SearchStep>(),
            step => new SearchPager(RecordType.Contact, Plan).Page(At(step), new ObjectsAnswer([], [], 0, 0, null)),
            "Liaison.HubSpot.Search.SearchPager.Next"),
        Exercise.Of(Cases.Actions, action => ActionPlan.Of(action, default), "Liaison.Writeback.ActionPlan.Of"),
        Exercise.Of(Cases.Actions, action => ActionText.Of(action), "Liaison.Writeback.ActionText.Parts"),
        Exercise.Of(
            Cases.Filters,
            AskInMemoryAsync,
            "Liaison.Testing.Connectors.InMemoryFilter.Passes",
            "Liaison.Testing.Connectors.InMemoryFilter.UnknownField"),
    ];

    private static SearchPlan Plan => new(FilterGroups.Everything, "createdate", ByCreation: true, "createdate", Descending: false, [], 10);

    public static TheoryData<string> Sites => [.. Exercises.Select(exercise => exercise.Sites[0])];

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task No_case_is_without_an_arm(string site) =>
        (await Exercises.First(exercise => exercise.Sites[0] == site).UnreachableAsync()).ShouldBeEmpty();

    [Fact]
    public void Every_switch_that_ends_in_unreachable_is_exercised()
    {
        var written = OurAssemblies.All
            .Where(assembly => assembly.Name != OurAssemblies.Emulators) // They stand for a CRM and know none of the families.
            .SelectMany(assembly => assembly.UsesOf("System.Diagnostics.UnreachableException", ".ctor"))
            .Select(use => $"{use.By}.{use.In}")
            .Distinct();

        written.Order(StringComparer.Ordinal).ShouldBe(Exercises.SelectMany(exercise => exercise.Sites).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_case_has_a_sample()
    {
        SamplesOf(Cases.Values).ShouldBe(Cases.NamesOf(typeof(FieldValue)));
        SamplesOf(Cases.Filters).ShouldBe(Cases.NamesOf(typeof(RecordFilter)));
        SamplesOf(Cases.Actions).ShouldBe(Cases.NamesOf(typeof(ChangeAction)));
        SamplesOf(Cases.Syntax).ShouldBe(Cases.NamesOf(typeof(FilterSyntax)));
    }

    [Fact]
    public void Every_action_has_a_target() => Cases.Actions.ShouldAllBe(
        action => action.Target.Id == (action.Kind == ChangeKind.CreateRecord ? "" : "1") && action.Target.Type == RecordType.Contact);

    [Fact]
    public async Task A_case_without_an_arm_is_named()
    {
        var exercise = Exercise.Of(Cases.Values, value => Forgetful(value), "Forgetful");

        (await exercise.UnreachableAsync()).ShouldHaveSingleItem().ShouldStartWith("Money {");
    }

    private static string Forgetful(FieldValue value) =>
        value is FieldValue.Money ? throw new System.Diagnostics.UnreachableException() : "known";

    private static IEnumerable<string> SamplesOf(IReadOnlyList<object> samples) =>
        samples.Select(sample => sample.GetType().Name).Distinct().Order(StringComparer.Ordinal);

    private static void WriteJson(FieldValue value)
    {
        using var json = new Utf8JsonWriter(Stream.Null);
        json.WriteStartObject();
        ContextValueJson.Write(json, value);
        json.WriteEndObject();
    }

    private static ContextPacket PacketOf(FieldState state)
    {
        var person = new RecordRef(new ConnectionName("memory"), RecordType.Contact, "1");
        var field = new Field("Text", state, state == FieldState.Present ? Cases.Values[1] : null, default);
        var section = new ContextSection("person", [field], new Provenance(person, "contacts", default), UpdatedAt: null, Stale: false);
        return new ContextPacket(person, "qualification", [section], []);
    }

    private static SearchCursor At(SearchStep step) => new(step, 1, null, [], null);

    private static async Task AskInMemoryAsync(RecordFilter filter)
    {
        var connector = new InMemoryConnector();
        connector.Crm.Add(RecordType.Contact, (FieldNames.JobTitle, "Engineer"));
        var connection = TestCredentials.Connection(connector.Descriptor);
        var session = connector.OpenSession(connection, TestCredentials.Of(connection, CredentialReach.Account, "test", "secret"), new NoChannel());

        await session.QueryAsync(new RecordQuery(RecordType.Contact, [], filter), cursor: null, TestContext.Current.CancellationToken);
    }

    private sealed class NoChannel : ICrmChannel
    {
        public Task<Failures.Result<CrmAnswer>> SendAsync(CrmCall call, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The in-memory connector sends nothing.");
    }
}
