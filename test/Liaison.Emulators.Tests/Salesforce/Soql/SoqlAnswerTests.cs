using System.Text.Json.Nodes;
using Liaison.Emulators.Salesforce.Soql.Answers;
using Liaison.Emulators.Salesforce.Soql.Execution;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Tests.Salesforce.Soql;

/// <summary>What answers look like.</summary>
public sealed class SoqlAnswerTests
{
    private static readonly SoqlOrg Org = SoqlOrg.Sample();
    private static readonly string Acme = SoqlOrg.Id("001", 1);

    [Fact]
    public void Records_have_their_type_and_address_first_and_the_fields_as_describe_spells_them() =>
        Same(Org.Ask("select id, NAME, annualrevenue, NumberOfEmployees, BillingAddress, createddate, ispartner from account limit 1"), $$$"""
            {"totalSize":1,"done":true,"records":[{"attributes":{"type":"Account","url":"/services/data/v66.0/sobjects/Account/{{{Acme}}}"},
            "Id":"{{{Acme}}}","Name":"Acme","AnnualRevenue":1.39E8,"NumberOfEmployees":12000000,"BillingAddress":{"city":"Berlin","latitude":52.52,"longitude":13.405 },
            "CreatedDate":"2026-05-14T21:59:00.000+0000","IsPartner":true} ]}
            """);

    [Fact]
    public void Parents_are_nested_and_missing_ones_are_null() =>
        Same(Org.Ask("SELECT LastName, Account.Name, Account.Owner.Name FROM Contact WHERE Email != null OR LastName = 'alone'")["records"]!, $$$"""
            [{"attributes":{"type":"Contact","url":"/services/data/v66.0/sobjects/Contact/{{{SoqlOrg.Id("003", 1)}}}"},"LastName":"O'Neil",
            "Account":{"attributes":{"type":"Account","url":"/services/data/v66.0/sobjects/Account/{{{Acme}}}"},"Name":"Acme",
            "Owner":{"attributes":{"type":"User","url":"/services/data/v66.0/sobjects/User/{{{SoqlOrg.Id("005", 1)}}}"},"Name":"Ada"} } },
            {"attributes":{"type":"Contact","url":"/services/data/v66.0/sobjects/Contact/{{{SoqlOrg.Id("003", 3)}}}"},"LastName":"alone","Account":null}]
            """);

    [Fact]
    public void Sub_queries_are_answers_of_their_own_and_null_where_there_are_no_children()
    {
        var records = Org.Ask("SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC LIMIT 1), (SELECT Name FROM Opportunities WHERE StageName = 'Won') FROM Account ORDER BY Name DESC")["records"]!;

        records[2]!["Contacts"].ShouldBeNull();
        records[0]!["Name"]!.ToString().ShouldBe("Globex");
        records[1]!["Contacts"]!["totalSize"]!.GetValue<int>().ShouldBe(1);
        records[1]!["Contacts"]!["done"]!.GetValue<bool>().ShouldBeTrue();
        records[1]!["Contacts"]!["records"]![0]!["LastName"]!.ToString().ShouldBe("O'Neil");
        records[1]!["Opportunities"]!["records"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public void A_polymorphic_parent_is_a_name_with_its_type() =>
        Same(Org.Ask("SELECT Subject, Who.Name, What.Type, What.Name FROM Task WHERE What.Type = 'Account'")["records"]![0]!, $$$"""
            {"attributes":{"type":"Task","url":"/services/data/v66.0/sobjects/Task/{{{SoqlOrg.Id("00T", 1)}}}"},"Subject":"Call",
            "Who":{"attributes":{"type":"Name","url":"/services/data/v66.0/sobjects/Contact/{{{SoqlOrg.Id("003", 1)}}}"},"Name":null},
            "What":{"attributes":{"type":"Name","url":"/services/data/v66.0/sobjects/Account/{{{Acme}}}"},"Type":"Account","Name":"Acme"}}
            """);

    [Fact]
    public void TYPEOF_reads_by_what_is_there()
    {
        var records = Org.Ask("SELECT TYPEOF What WHEN Account THEN Industry, Owner.Name WHEN Opportunity THEN Amount ELSE Name END, ReminderTime FROM Task")["records"]!;

        records[0]!["What"]!["attributes"]!["type"]!.ToString().ShouldBe("Account");
        records[0]!["What"]!["Owner"]!["Name"]!.ToString().ShouldBe("Ada");
        records[0]!["ReminderTime"]!.ToString().ShouldBe("13:00:00.000Z");
        records[1]!["What"]!["Amount"]!.ToJsonString().ShouldBe("300.0");
        Org.Refuse("SELECT TYPEOF Owner WHEN User THEN Name END FROM Account").ErrorCode.ShouldBe("INVALID_FIELD");
    }

    [Fact]
    public void COUNT_alone_answers_by_the_size()
    {
        Same(Org.Ask("SELECT COUNT() FROM Account WHERE Name != null"), """{"totalSize":3,"done":true,"records":[]}""");
        Org.Ask("SELECT COUNT() FROM Account LIMIT 2")["totalSize"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public void Aggregates_without_groups_are_one_result() =>
        Same(Org.Ask("SELECT COUNT(Id), COUNT(Amount) amounts, COUNT_DISTINCT(StageName), SUM(Amount) total, AVG(Amount), MIN(CloseDate), MAX(Name) FROM Opportunity"), """
            {"totalSize":1,"done":true,"records":[{"attributes":{"type":"AggregateResult"},"expr0":4,"amounts":3,"expr1":3,"total":405.0,"expr2":135.0,"expr3":"2026-01-31","expr4":"D"}]}
            """);

    [Fact]
    public void Aggregates_of_nothing_are_empty() =>
        Same(Org.Ask("SELECT COUNT(Id) c, SUM(Amount) s, MIN(Name) m FROM Opportunity WHERE Name = 'none'")["records"]!, """
            [{"attributes":{"type":"AggregateResult"},"c":0,"s":null,"m":null}]
            """);

    [Fact]
    public void Groups_are_filtered_ordered_and_named()
    {
        Same(Org.Ask("SELECT StageName, COUNT(Id) n, MAX(Amount) FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 0 ORDER BY COUNT(Id) DESC, StageName LIMIT 2")["records"]!, """
            [{"attributes":{"type":"AggregateResult"},"StageName":"Won","n":2,"expr0":300.0},{"attributes":{"type":"AggregateResult"},"StageName":"Lost","n":1,"expr0":null}]
            """);
        Same(Org.Ask("SELECT Account.Name account, CALENDAR_YEAR(CloseDate), COUNT(Id) FROM Opportunity GROUP BY Account.Name, CALENDAR_YEAR(CloseDate) HAVING Account.Name LIKE 'acme' AND MIN(Amount) = 100")["records"]!, """
            [{"attributes":{"type":"AggregateResult"},"account":"Acme","expr0":2026,"expr1":2}]
            """);
    }

    [Fact]
    public void Texts_that_differ_in_case_are_one_group() =>
        Org.Ask("SELECT Title, COUNT(Id) n FROM Contact WHERE Title != null GROUP BY Title")["records"]!.AsArray().ShouldHaveSingleItem()!["n"]!.GetValue<int>().ShouldBe(2);

    [Fact]
    public void ROLLUP_adds_subtotals()
    {
        var records = Org.Ask("SELECT StageName, COUNT(Id) n, GROUPING(StageName) g FROM Opportunity GROUP BY ROLLUP(StageName) ORDER BY StageName NULLS LAST")["records"]!.AsArray();

        records.Select(record => $"{record!["StageName"]} {record["n"]} {record["g"]}").ShouldBe(["Lost 1 0", "Open 1 0", "Won 2 0", " 4 1"]);
    }

    [Fact]
    public void A_field_beside_an_aggregate_must_be_grouped()
    {
        Org.Refuse("SELECT Name, COUNT(Id) FROM Opportunity GROUP BY StageName").Message.ShouldBe("Field must be grouped or aggregated: Name");
        Org.Refuse("SELECT Name, COUNT(Id) FROM Opportunity").Message.ShouldBe("Field must be grouped or aggregated: Name");
        Org.Refuse("SELECT SUM(Name) FROM Opportunity").Message.ShouldContain("field Name does not support aggregate operator SUM");
    }

    [Fact]
    public void Empty_values_come_first_unless_told_otherwise()
    {
        Org.Column("SELECT Name FROM Opportunity ORDER BY Amount").ShouldBe(["C", "D", "A", "B"]);
        Org.Column("SELECT Name FROM Opportunity ORDER BY Amount DESC").ShouldBe(["C", "B", "A", "D"]);
        Org.Column("SELECT Name FROM Opportunity ORDER BY Amount DESC NULLS LAST").ShouldBe(["B", "A", "D", "C"]);
        Org.Column("SELECT Name FROM Opportunity ORDER BY Account.Name DESC NULLS LAST, CloseDate LIMIT 2 OFFSET 1").ShouldBe(["C", "A"]);
    }

    [Fact]
    public void Labels_currencies_and_formats_take_the_place_of_their_field()
    {
        var record = Org.Ask("SELECT toLabel(Industry), FORMAT(AnnualRevenue) shown, AnnualRevenue, FORMAT(CreatedDate) FROM Account LIMIT 1")["records"]![0]!;

        record["Industry"]!.ToString().ShouldBe("Technology");
        record["shown"]!.ToString().ShouldBe("139,000,000.00");
        record["AnnualRevenue"]!.ToJsonString().ShouldBe("1.39E8");
        record["CreatedDate"]!.ToString().ShouldBe("5/14/2026, 11:59 PM");
    }

    [Fact]
    public void Amounts_are_converted_where_there_are_several_currencies()
    {
        var org = new SoqlOrg { Locale = new SoqlLocale(SoqlOrg.Now, TimeZoneInfo.Utc, 1, new SoqlCurrencies("EUR", "USD", new Dictionary<string, decimal> { ["EUR"] = 1, ["USD"] = 2 })) };
        var deals = org.Add("Opportunity", "006", new SoqlField("Amount", SoqlType.Currency), new SoqlField("CurrencyIsoCode", SoqlType.Picklist));
        deals.Insert(("Amount", 10m), ("CurrencyIsoCode", "EUR"));
        deals.Insert(("Amount", 10m), ("CurrencyIsoCode", "USD"));

        org.Column("SELECT Amount, convertCurrency(Amount) mine FROM Opportunity", "mine").ShouldBe(["20.0", "10.0"]);
        org.Column("SELECT CurrencyIsoCode FROM Opportunity WHERE Amount > USD15", "CurrencyIsoCode").ShouldBe(["EUR"]);
    }

    [Fact]
    public void FIELDS_stands_for_what_the_user_may_read()
    {
        var org = SoqlOrg.Sample();
        org["Account"].Hidden.Add("Industry");

        var all = org.Ask("SELECT FIELDS(ALL) FROM Account LIMIT 200")["records"]![0]!.AsObject();
        var custom = org.Ask($"SELECT FIELDS(CUSTOM) FROM Account WHERE Id = '{Acme}'")["records"]![0]!.AsObject();

        all.Select(pair => pair.Key).ShouldBe(["attributes", .. org["Account"].Fields.Select(field => field.Name)]);
        custom.Select(pair => pair.Key).ShouldBe(["attributes", "Interests__c"]);
        org.Ask("SELECT FIELDS(STANDARD) FROM Account")["records"]![0]!.AsObject().ShouldNotContainKey("Interests__c");
    }

    [Fact]
    public void An_alias_in_FROM_stands_for_its_relationship() =>
        Org.Column("SELECT c.LastName, a.Name FROM Contact c, c.Account a WHERE a.Name = 'Acme' ORDER BY c.LastName", "LastName").ShouldBe([@"Back\slash", "O'Neil"]);

    [Fact]
    public void Pages_go_on_where_their_locator_says()
    {
        var org = new SoqlOrg();
        var accounts = org.Add("Account", "001", new SoqlField("Name", SoqlType.String), new SoqlField("ParentId", SoqlType.Reference) { Relationship = "Parent", ReferenceTo = ["Account"] });
        accounts.Children["ChildAccounts"] = ("Account", "ParentId");
        foreach (var number in Enumerable.Range(1, 250))
        {
            accounts.Insert(("Name", $"{number}"), ("ParentId", number > 1 ? SoqlOrg.Id("001", 1) : null));
        }

        var cursors = new SoqlCursors();
        SoqlEngine.Run("SELECT Name, (SELECT Name FROM ChildAccounts) FROM Account", org, withDeleted: false, out var result).ShouldBeNull();

        // The first account's children fill the page.
        var first = SoqlAnswers.Page(result, 0, 200, cursors);
        var nested = first["records"]!.AsArray().ShouldHaveSingleItem()!["ChildAccounts"]!;
        var more = Follow(nested, cursors);
        var second = Follow(first, cursors);

        first["totalSize"]!.GetValue<int>().ShouldBe(250);
        first["done"]!.GetValue<bool>().ShouldBeFalse();
        first["nextRecordsUrl"]!.ToString().ShouldMatch("^/services/data/v66.0/query/0r8[0-9A-Za-z]{15}-1$");
        nested["done"]!.GetValue<bool>().ShouldBeFalse();
        nested["nextRecordsUrl"]!.ToString().ShouldEndWith("-200");
        more["records"]!.AsArray().Count.ShouldBe(49);
        more["done"]!.GetValue<bool>().ShouldBeTrue();
        second["records"]!.AsArray().Count.ShouldBe(200);
        second["records"]![0]!["Name"]!.ToString().ShouldBe("2");
    }

    [Fact]
    public void A_cursor_lives_two_days_for_the_one_who_opened_it()
    {
        var cursors = new SoqlCursors();
        SoqlEngine.Run("SELECT Name FROM Account", Org, withDeleted: false, out var result).ShouldBeNull();

        var locator = cursors.Open(result, 2, "005A", 200, SoqlOrg.Now);

        cursors.Open(result, 3, "005A", 200, SoqlOrg.Now).ShouldBe(locator.Replace("-2", "-3", StringComparison.Ordinal));
        cursors.Find(locator, "005A", SoqlOrg.Now.AddDays(2))!.Value.At.ShouldBe(2);
        cursors.Find(locator, "005B", SoqlOrg.Now).ShouldBeNull();
        cursors.Find(locator, "005A", SoqlOrg.Now.AddDays(2).AddSeconds(1)).ShouldBeNull();
        cursors.Find("0r8000000000000AAA-1", "005A", SoqlOrg.Now).ShouldBeNull();
        cursors.Find("nonsense", "005A", SoqlOrg.Now).ShouldBeNull();
    }

    [Theory]
    [InlineData("SELECT Id FROM Account", null, 2_000)]
    [InlineData("SELECT Id FROM Account", 500, 500)]
    [InlineData("SELECT Id FROM Account", 1, 200)]
    [InlineData("SELECT Id, Description FROM Account", null, 1_000)]
    [InlineData("SELECT Id, Account.Description FROM Contact", 500, 500)]
    public void Pages_shrink_when_long_texts_are_selected(string text, int? asked, int size)
    {
        SoqlEngine.Run(text, Org, withDeleted: false, out var result).ShouldBeNull();

        PageSize.Of(result, asked).ShouldBe(size);
    }

    [Theory]
    [InlineData("0", "0.0")]
    [InlineData("125000", "125000.0")]
    [InlineData("0.5", "0.5")]
    [InlineData("0.001", "0.001")]
    [InlineData("0.00099", "9.9E-4")]
    [InlineData("9999999.5", "9999999.5")]
    [InlineData("10000000", "1.0E7")]
    [InlineData("-139000000", "-1.39E8")]
    [InlineData("1234567890.12", "1.23456789012E9")]
    public void Numbers_with_a_fraction_are_written_as_Java_does(string number, string written) =>
        JavaNumber.Of(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(written);

    private static JsonNode Follow(JsonNode page, SoqlCursors cursors)
    {
        var locator = page["nextRecordsUrl"]!.ToString().Split('/')[^1];
        var (cursor, at) = cursors.Find(locator, "005", SoqlOrg.Now)!.Value;
        return SoqlAnswers.Page(cursor.Result, at, cursor.PageSize, cursors);
    }

    private static void Same(JsonNode actual, string expected) =>
        actual.ToJsonString().ShouldBe(System.Text.RegularExpressions.Regex.Replace(JsonNode.Parse(expected)!.ToJsonString(), "\\s+$", ""));
}
