using System.Text;
using System.Text.Json;
using Liaison.Model;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Tests.Wire;

/// <summary>Rows as section 6 of contracts/salesforce.md has them.</summary>
public sealed class RowReaderTests
{
    [Fact]
    public void A_page_gives_its_rows_and_where_the_rest_is_kept()
    {
        var page = Read(["Id", "Name"], """
            {"totalSize":2086,"done":false,"nextRecordsUrl":"/services/data/v59.0/query/0r8xx3d5IQ4z2D1AJ6-2000",
             "records":[{"attributes":{"type":"Account","url":"/x"},"Id":"0015500001QdQWaAAN","Name":"Acme"}]}
            """);

        page.Total.ShouldBe(2086);
        page.Next.ShouldBe("/services/data/v59.0/query/0r8xx3d5IQ4z2D1AJ6-2000");
        page.Rows.ShouldHaveSingleItem().Values["Name"].ShouldBe(NativeValue.OfText("Acme"));
    }

    [Fact]
    public void A_short_page_that_is_done_is_the_last() =>
        Read(["Id"], """{"totalSize":0,"done":true,"records":[]}""").Next.ShouldBeNull();

    [Fact]
    public void Fields_of_parents_come_by_their_path_and_a_parent_that_is_not_there_gives_null()
    {
        var page = Read(["Id", "Account.Name", "Account.Owner.Name"], """
            {"totalSize":2,"done":true,"records":[
              {"attributes":{"type":"Contact"},"Id":"0015500001QdQWaAAN","Account":{"attributes":{"type":"Account"},"Name":"Acme","Owner":{"attributes":{},"Name":"Zoë"}}},
              {"attributes":{"type":"Contact"},"Id":"00Q4C00000B5BugUAF","Account":null}]}
            """);

        page.Rows[0].Values["Account.Name"].Raw.ShouldBe("Acme");
        page.Rows[0].Values["Account.Owner.Name"].Raw.ShouldBe("Zoë");
        page.Rows[1].Values["Account.Name"].Kind.ShouldBe(NativeKind.Null);
    }

    [Fact]
    public void Numbers_keep_their_digits_and_compounds_are_a_line()
    {
        var page = Read(["Id", "Revenue", "BillingAddress", "Place__c", "Active__c"], """
            {"totalSize":1,"done":true,"records":[{"Id":"0015500001QdQWaAAN","Revenue":1.39E8,"Active__c":false,
              "BillingAddress":{"city":"Berlin","country":"Germany","geocodeAccuracy":null,"postalCode":"10115","state":null,"street":"Invalidenstr. 1\nHof"},
              "Place__c":{"latitude":52.5,"longitude":13.4}}]}
            """);

        var values = page.Rows.ShouldHaveSingleItem().Values;
        values["Revenue"].ShouldBe(new(NativeKind.Number, "1.39E8"));
        values["Active__c"].ShouldBe(new(NativeKind.Flag, "false"));
        values["BillingAddress"].Raw.ShouldBe("Invalidenstr. 1 Hof, 10115, Berlin, Germany");
        values["Place__c"].Raw.ShouldBe("52.5, 13.4");
    }

    [Fact]
    public void A_retrieve_gives_null_for_what_is_not_there() =>
        new RowReader(["Id"]).ReadList(Encoding.UTF8.GetBytes("""[null,{"attributes":{},"Id":"0015500001QdQWaAAN"},null]"""))
            .ShouldHaveSingleItem().Id.ShouldBe("0015500001QdQWaAAN");

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    public void What_is_no_page_is_no_page(string body) => Should.Throw<JsonException>(() => Read(["Id"], body));

    private static RowPage Read(string[] fields, string body) => new RowReader(fields).ReadPage(Encoding.UTF8.GetBytes(body));
}
