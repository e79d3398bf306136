using Liaison.Connectors;
using Liaison.Emulators.World;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.HubSpot.Tests.Emulated;

/// <summary>What only HubSpot does: merged records, long link lists, user-level tokens, scopes.</summary>
public sealed class SessionTests
{
    private static readonly FieldDefinition Email = new(FieldNames.Email, "email", "Email", FieldType.Text);

    private static readonly string[] WriteScopes = ["crm.objects.contacts.write"];

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => ["2026-09", "2026-03", "v3"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_static_token_tells_account_zone_and_scopes(string version)
    {
        await using var account = await StartAsync([Person(1)], version);

        var identity = Ok(await account.Open().IdentifyAsync(CancellationToken));

        identity.AccountId.ShouldBe("990001");
        identity.TimeZone.ShouldBe("Europe/Berlin");
        identity.CredentialKind.ShouldBe("private app");
        identity.Scopes.ShouldNotBeNull().ShouldContain("crm.objects.contacts.read");
    }

    [Fact]
    public async Task A_user_level_token_is_not_asked_for_what_only_the_app_can_prove()
    {
        await using var account = await StartAsync([Person(1)]);

        var identity = Ok(await account.Open(account.TokenOf("manager"), CredentialReach.User).IdentifyAsync(CancellationToken));

        identity.Reach.ShouldBe(CredentialReach.User);
        identity.Scopes.ShouldBeNull();
        account.Channel.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_accounts_currency_is_the_schemas()
    {
        await using var account = await StartAsync([Person(1)]);

        var schema = Ok(await account.Open().DescribeAsync(RecordType.Deal, CancellationToken));

        schema.DefaultCurrency.ShouldBe("EUR");
        schema.Find(FieldNames.Amount).ShouldNotBeNull().Type.ShouldBe(FieldType.Money);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_declared_type_can_be_described_counted_and_queried(string version)
    {
        await using var account = await StartAsync([Person(1)], version);
        var session = account.Open();

        foreach (var type in account.Connector.Descriptor.RecordTypes)
        {
            var schema = Ok(await session.DescribeAsync(type.Type, CancellationToken));
            schema.Find(FieldNames.Created).ShouldNotBeNull($"{type.Type}").Type.ShouldBe(FieldType.Instant);
            schema.Find(FieldNames.Updated).ShouldNotBeNull($"{type.Type}").Type.ShouldBe(FieldType.Instant);
            var query = new RecordQuery(type.Type, [], RecordFilter.Everything);
            long? counted = Ok(await session.CountAsync(query, CancellationToken));
            counted.ShouldBe(Ok(await session.QueryAsync(query, null, CancellationToken)).Total);
        }
    }

    [Fact]
    public async Task A_merged_contact_comes_as_its_survivor_and_says_so()
    {
        await using var account = await StartAsync([Person(1), Person(2), Person(3)]);
        var ids = await account.IdsByAsync("contacts", "email", CancellationToken);
        var (survivor, merged) = (ids[SmallWorld.Email(1)], ids[SmallWorld.Email(2)]);
        (await account.PostAsync(
            "/crm/objects/2026-09/contacts/merge", new { primaryObjectId = survivor, objectIdToMerge = merged }, CancellationToken)).Dispose();

        var batch = Ok(await account.Open().ReadAsync(
            RecordType.Contact, [merged, survivor, ids[SmallWorld.Email(3)]], [Email], CancellationToken));

        batch.Missing.ShouldBeEmpty();
        batch.Records.Select(record => (record.Id, record.RequestedId))
            .ShouldBe([(survivor, merged), (survivor, null), (ids[SmallWorld.Email(3)], null)], ignoreOrder: true);
        batch.Records.ShouldAllBe(record => record.Values.Count == 1);
    }

    [Theory]
    [InlineData("2026-09", CredentialReach.Account)]
    [InlineData("v3", CredentialReach.Account)]
    [InlineData("2026-09", CredentialReach.User)]
    [InlineData("v3", CredentialReach.User)]
    public async Task Links_past_one_page_are_all_read(string version, CredentialReach reach)
    {
        var people = Enumerable.Range(1, 620).Select(key => Person(key) with { CompanyKey = 1 }).ToList();
        await using var account = await StartAsync(people, version);
        var company = (await account.IdsByAsync("companies", "name", CancellationToken))["Company 1"];
        var session = account.Open(reach == CredentialReach.User ? account.TokenOf("manager") : EmulatedAccount.AccountToken, reach);

        var links = Ok(await session.ReadAssociationsAsync(RecordType.Company, RecordType.Contact, [company], CancellationToken));

        links.Count.ShouldBe(620);
        links.Select(link => link.ToId).Distinct().Count().ShouldBe(620);
        account.Channel.Calls.Select(call => call.Operation).Distinct()
            .ShouldBe([reach == CredentialReach.User ? CrmOperation.Read : CrmOperation.ReadAssociations]);
    }

    [Fact]
    public async Task Ids_of_links_may_be_text_and_partly_failed_batches_may_answer_207()
    {
        await using var account = await EmulatedAccount.StartAsync(
            SmallWorld.Of([Person(1) with { CompanyKey = 2 }, Person(2)]), "2026-09", CancellationToken, options =>
            {
                options.AssociationIdsAsStrings = true;
                options.MultiStatusInSeptember2026 = true;
            });
        var ids = await account.IdsByAsync("contacts", "email", CancellationToken);
        var companies = await account.IdsByAsync("companies", "name", CancellationToken);
        var session = account.Open();

        var links = Ok(await session.ReadAssociationsAsync(RecordType.Contact, RecordType.Company, [.. ids.Values], CancellationToken));
        var batch = Ok(await session.ReadAsync(RecordType.Contact, [ids[SmallWorld.Email(1)], "999999999999"], [Email], CancellationToken));

        links.ShouldHaveSingleItem().ToId.ShouldBe(companies["Company 2"]);
        links[0].IsPrimary.ShouldBeTrue();
        links[0].Labels.ShouldBe(["Primary"]);
        batch.Missing.ShouldBe(["999999999999"]);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        await using var account = await StartAsync([Person(1)]);
        (await account.PostAsync(
            "/_emulator/tokens", new { token = EmulatedAccount.AccountToken, removeScopes = WriteScopes }, CancellationToken)).Dispose();
        var write = new RecordWrite("a", "1", new Dictionary<string, NativeValue> { ["jobtitle"] = NativeValue.OfText("x") });

        var result = await account.Open().WriteAsync(RecordType.Contact, [write], CancellationToken);

        var failure = result.Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(FailureKind.Forbidden);
        failure.MissingScopes.ShouldContain("crm.objects.contacts.write");
    }

    [Fact]
    public async Task A_create_that_exists_names_the_record_that_is_there()
    {
        await using var account = await StartAsync([Person(1)]);
        var ids = await account.IdsByAsync("contacts", "email", CancellationToken);
        var session = account.Open();
        RecordWrite Create(string key, string email) => new(key, null, new Dictionary<string, NativeValue> { ["email"] = NativeValue.OfText(email) });

        var outcomes = Ok(await session.WriteAsync(
            RecordType.Contact, [Create("old", SmallWorld.Email(1)), Create("new", "other@small.example")], CancellationToken));

        outcomes.Single(outcome => outcome.Key == "new").Failure.ShouldBeNull();
        var failure = outcomes.Single(outcome => outcome.Key == "old").Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(FailureKind.Duplicate);
        failure.ExistingId.ShouldBe(ids[SmallWorld.Email(1)]);
    }

    [Fact]
    public async Task Updates_and_creates_of_one_batch_are_told_together()
    {
        await using var account = await StartAsync([Person(1)]);
        var ids = await account.IdsByAsync("contacts", "email", CancellationToken);
        var session = account.Open();

        var outcomes = Ok(await session.WriteAsync(
            RecordType.Contact,
            [
                new("update", ids[SmallWorld.Email(1)], new Dictionary<string, NativeValue> { ["jobtitle"] = NativeValue.OfText("Chief") }),
                new("create", null, new Dictionary<string, NativeValue> { ["email"] = NativeValue.OfText("made@small.example") }),
            ],
            CancellationToken));

        outcomes.Select(outcome => (outcome.Key, outcome.Failure)).ShouldBe([("update", null), ("create", null)], ignoreOrder: true);
        outcomes.ShouldAllBe(outcome => outcome.UpdatedAt != null);
    }

    [Fact]
    public async Task Owners_come_with_teams_and_those_who_left_are_marked()
    {
        await using var account = await StartAsync([Person(1)]);

        var users = Ok(await account.Open().ListUsersAsync(CancellationToken));

        users.Single(user => user.Email == "nils@liaison.test").Teams.ShouldHaveSingleItem().Name.ShouldBe("North");
        users.Single(user => user.Email == "gone@liaison.test").Active.ShouldBeFalse();
    }

    [Fact]
    public async Task The_fields_of_every_kind_can_be_created()
    {
        await using var account = await StartAsync([Person(1)]);
        var session = account.Open();
        FieldType[] types = [FieldType.Text, FieldType.RichText, FieldType.Number, FieldType.Flag, FieldType.Date, FieldType.Instant, FieldType.Option, FieldType.OptionList];

        foreach (var type in types)
        {
            var name = $"liaison_{type.ToString().ToLowerInvariant()}";
            var field = new FieldDefinition(name, name, name, type)
            {
                Options = type is FieldType.Option or FieldType.OptionList ? [new("a", "A"), new("b", "B", Active: false)] : [],
            };
            Ok(await session.CreateFieldAsync(RecordType.Contact, field, CancellationToken));
        }

        var schema = Ok(await session.DescribeAsync(RecordType.Contact, CancellationToken));
        types.ShouldAllBe(type => schema.Find($"liaison_{type.ToString().ToLowerInvariant()}")!.Type == type);
        schema.Find("liaison_option")!.Options.ShouldBe([new("a", "A"), new("b", "B", Active: false)]);
        (await session.CreateFieldAsync(RecordType.Contact, new("t", "t", "T", FieldType.TimeOfDay), CancellationToken))
            .Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Unsupported);
    }

    private static WorldPerson Person(int key) => SmallWorld.Person(key, SmallWorld.Now.AddMinutes(-key));

    private static Task<EmulatedAccount> StartAsync(IReadOnlyList<WorldPerson> people, string version = "2026-09") =>
        EmulatedAccount.StartAsync(SmallWorld.Of(people), version, CancellationToken);

    private static T Ok<T>(Result<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new ShouldAssertException($"{failure.Kind}: {failure.Message}");
}
