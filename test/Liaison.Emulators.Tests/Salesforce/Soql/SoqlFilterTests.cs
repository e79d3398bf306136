namespace Liaison.Emulators.Tests.Salesforce.Soql;

/// <summary>What WHERE holds for.</summary>
public sealed class SoqlFilterTests
{
    private static readonly SoqlOrg Org = SoqlOrg.Sample();

    [Theory]
    [InlineData("Name = 'ACME'", "Acme")]
    [InlineData("Name != 'acme'", "Globex,100% Real_Co")]
    [InlineData("Industry = null", "100% Real_Co")]
    [InlineData("Industry = ''", "100% Real_Co")]
    [InlineData("Industry != null", "Acme,Globex")]
    [InlineData("Industry != 'Tech'", "Globex,100% Real_Co")]
    [InlineData("Name > 'b'", "Globex")]
    [InlineData("Name < 'b' AND Name >= 'ACME'", "Acme")]
    [InlineData("AnnualRevenue > 500 AND AnnualRevenue <= 125000.5", "Globex")]
    [InlineData("AnnualRevenue = 1.39E8", "Acme")]
    [InlineData("NOT AnnualRevenue > 500", "100% Real_Co")]
    [InlineData("NumberOfEmployees < 11", "Globex")]
    [InlineData("(Name = 'Acme' OR Name = 'Globex') AND Industry = 'Farm'", "Globex")]
    [InlineData("NOT (Name = 'Acme' OR Name = 'Globex')", "100% Real_Co")]
    [InlineData("Name LIKE 'a%'", "Acme")]
    [InlineData("Name LIKE '_cm_'", "Acme")]
    [InlineData("Name LIKE '%'", "Acme,Globex,100% Real_Co")]
    [InlineData(@"Name LIKE '100\% Real\_Co'", "100% Real_Co")]
    [InlineData(@"Name LIKE '%\%%'", "100% Real_Co")]
    [InlineData("Industry LIKE '%'", "Acme,Globex")]
    [InlineData("(NOT Name LIKE 'a%')", "Globex,100% Real_Co")]
    [InlineData("Name IN ('acme', 'none')", "Acme")]
    [InlineData("Name NOT IN ('acme', 'none')", "Globex,100% Real_Co")]
    [InlineData("Industry NOT IN ('Tech')", "Globex,100% Real_Co")]
    [InlineData("Industry IN ('Tech', null)", "Acme,100% Real_Co")]
    [InlineData("Interests__c INCLUDES ('sailing')", "Acme")]
    [InlineData("Interests__c INCLUDES ('golf;sailing', 'chess')", "Acme")]
    [InlineData("Interests__c INCLUDES ('golf')", "Acme,Globex")]
    [InlineData("Interests__c EXCLUDES ('sailing')", "Globex,100% Real_Co")]
    [InlineData("IsPartner = false", "Globex,100% Real_Co")]
    [InlineData("IsPartner = null", "Globex,100% Real_Co")]
    [InlineData("IsPartner != true", "Globex,100% Real_Co")]
    [InlineData("IsPartner IN (false)", "Globex,100% Real_Co")]
    [InlineData("Owner.Name = 'ada'", "Acme,100% Real_Co")]
    [InlineData("Parent.Owner.Name = 'Ada'", "Globex")]
    [InlineData("Parent.Name != 'Acme'", "Acme,100% Real_Co")]
    [InlineData("toLabel(Industry) = 'Technology'", "Acme")]
    [InlineData("Id IN (SELECT AccountId FROM Contact WHERE Title = 'cto')", "Acme")]
    [InlineData("Id NOT IN (SELECT AccountId FROM Contact)", "Globex,100% Real_Co")]
    [InlineData("CreatedDate = TODAY", "Globex")]
    [InlineData("CreatedDate = YESTERDAY", "Acme")]
    [InlineData("CreatedDate < THIS_YEAR", "100% Real_Co")]
    [InlineData("CreatedDate >= 2026-05-14T22:00:00Z", "Globex")]
    [InlineData("CreatedDate >= 2026-05-15T00:00:00+02:00", "Globex")]
    [InlineData("DAY_ONLY(CreatedDate) = 2026-05-14", "Acme,Globex")]
    [InlineData("DAY_ONLY(convertTimezone(CreatedDate)) = 2026-05-15", "Globex")]
    [InlineData("CALENDAR_YEAR(CreatedDate) = 2025", "100% Real_Co")]
    [InlineData("DISTANCE(BillingAddress, GEOLOCATION(48.137, 11.575), 'km') < 510", "Acme")]
    public void A_condition_holds_for(string condition, string names) =>
        Org.Column($"SELECT Name FROM Account WHERE {condition}").ShouldBe(names.Split(','));

    [Theory]
    [InlineData(@"LastName = 'o\'neil'", "O'Neil")]
    [InlineData(@"LastName = 'Back\\slash'", @"Back\slash")]
    [InlineData(@"LastName LIKE 'Back\\\\%'", "")]
    [InlineData(@"LastName LIKE 'Back\\%'", @"Back\slash")]
    [InlineData("Account.Industry = null", "alone")]
    [InlineData("Birthdate = 1980-05-15", "O'Neil")]
    [InlineData("Birthdate < 1990-01-01", "O'Neil")]
    [InlineData("c.Account.Name = 'Acme' AND Title = 'cto' AND Email = null", @"Back\slash")]
    public void A_condition_on_contacts_holds_for(string condition, string names) =>
        Org.Column($"SELECT LastName FROM Contact c WHERE {condition}", "LastName").ShouldBe(names.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("TODAY", "A")]
    [InlineData("THIS_MONTH", "A")]
    [InlineData("LAST_MONTH", "B")]
    [InlineData("THIS_WEEK", "A")]
    [InlineData("LAST_N_DAYS:15", "A,B")]
    [InlineData("LAST_N_DAYS:14", "A")]
    [InlineData("LAST_N_MONTHS:1", "B")]
    [InlineData("LAST_N_MONTHS:4", "B,C")]
    [InlineData("N_DAYS_AGO:15", "B")]
    [InlineData("THIS_QUARTER", "A,B")]
    [InlineData("LAST_QUARTER", "C")]
    [InlineData("NEXT_YEAR", "D")]
    [InlineData("THIS_FISCAL_YEAR", "A,B")]
    [InlineData("NEXT_FISCAL_YEAR", "D")]
    [InlineData("LAST_FISCAL_YEAR", "C")]
    [InlineData("THIS_FISCAL_QUARTER", "A")]
    [InlineData("LAST_FISCAL_QUARTER", "B")]
    [InlineData("NEXT_N_MONTHS:9", "D")]
    [InlineData("NEXT_N_DAYS:100", "")]
    [InlineData("LAST_90_DAYS", "A,B")]
    [InlineData("LAST_N_DAYS:2147483647", "A,B,C")]
    [InlineData("NEXT_N_YEARS:2147483647", "D")]
    public void A_relative_date_is_counted_in_the_users_zone_and_fiscal_year(string literal, string names) =>
        Org.Column($"SELECT Name FROM Opportunity WHERE CloseDate = {literal}").ShouldBe(names.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData(">", "D")]
    [InlineData(">=", "A,D")]
    [InlineData("<", "B,C")]
    [InlineData("<=", "A,B,C")]
    [InlineData("!=", "B,C,D")]
    public void A_relative_date_has_a_before_and_a_behind(string sign, string names) =>
        Org.Column($"SELECT Name FROM Opportunity WHERE CloseDate {sign} THIS_MONTH").ShouldBe(names.Split(','));

    [Fact]
    public void Both_spellings_of_an_id_find_the_record()
    {
        var id = SoqlOrg.Id("001", 2);

        Org.Column($"SELECT Name FROM Account WHERE Id = '{id}'").ShouldBe(["Globex"]);
        Org.Column($"SELECT Name FROM Account WHERE Id IN ('{id[..15]}', '{SoqlOrg.Id("001", 9)}')").ShouldBe(["Globex"]);
        Org.Column($"SELECT Name FROM Account WHERE ParentId = '{SoqlOrg.Id("001", 1)[..15]}'").ShouldBe(["Globex"]);
        Org.Column($"SELECT Name FROM Account WHERE Id > '{SoqlOrg.Id("001", 1)}' AND Id != '{id}'").ShouldBe(["100% Real_Co"]);
    }

    [Fact]
    public void A_scope_reads_the_users_own_records()
    {
        Org.Column("SELECT Name FROM Account USING SCOPE mine").ShouldBe(["Acme", "100% Real_Co"]);
        Org.Column("SELECT Name FROM Account USING SCOPE everything").Length.ShouldBe(3);
        Org.Refuse("SELECT Name FROM Account USING SCOPE team").ErrorCode.ShouldBe("MALFORMED_QUERY");
    }

    [Fact]
    public void The_recycle_bin_is_read_by_queryAll_alone()
    {
        Org.Ask("SELECT Id FROM Contact WHERE IsDeleted = true")["totalSize"]!.GetValue<int>().ShouldBe(0);
        Org.Ask("SELECT Id FROM Contact WHERE IsDeleted = true", withDeleted: true)["totalSize"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData("SELECT Nme FROM Account", "INVALID_FIELD", "\nSELECT Nme FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Nme' on entity 'Account'. If you are attempting to use a custom field")]
    [InlineData("SELECT Owner.Nme FROM Account", "INVALID_FIELD", "No such column 'Nme' on entity 'User'.")]
    [InlineData("SELECT Boss.Name FROM Account", "INVALID_FIELD", "Didn't understand relationship 'Boss' in field path.")]
    [InlineData("SELECT Name FROM XYZZY", "INVALID_TYPE", "\nSELECT Name FROM XYZZY\n                 ^\nERROR at Row:1:Column:18\nsObject type 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.")]
    [InlineData("SELECT Name, (SELECT Id FROM Cases) FROM Account", "INVALID_TYPE", "Didn't understand relationship 'Cases' in FROM part of query call.")]
    [InlineData("SELECT Name FROM Account WHERE Description = 'a'", "INVALID_FIELD", "field 'Description' can not be filtered in a query call")]
    [InlineData("SELECT Name FROM Account ORDER BY Description", "MALFORMED_QUERY", "field 'Description' can not be sorted in a query call")]
    [InlineData("SELECT Description, COUNT(Id) FROM Account GROUP BY Description", "MALFORMED_QUERY", "field 'Description' can not be grouped in a query call")]
    [InlineData("SELECT Name FROM Account WHERE Name = 5", "INVALID_FIELD", "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes")]
    [InlineData("SELECT Name FROM Account WHERE AnnualRevenue > '5'", "INVALID_FIELD", "value of filter criterion for field 'AnnualRevenue' must be of type double and should not be enclosed in quotes")]
    [InlineData("SELECT Name FROM Account WHERE CreatedDate > 2026-01-01", "INVALID_FIELD", "must be of type dateTime and should not be enclosed in quotes")]
    [InlineData("SELECT Name FROM Account WHERE CreatedDate > '2026-01-01T00:00:00Z'", "INVALID_FIELD", "must be of type dateTime and should not be enclosed in quotes")]
    [InlineData("SELECT Name FROM Opportunity WHERE CloseDate > 2026-01-01T00:00:00Z", "INVALID_FIELD", "must be of type date and should not be enclosed in quotes")]
    [InlineData("SELECT Name FROM Account WHERE IsPartner = 'true'", "INVALID_FIELD", "must be of type boolean and should not be enclosed in quotes")]
    [InlineData("SELECT Name FROM Account WHERE Id = 'abc'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: abc")]
    [InlineData("SELECT Name FROM Account WHERE AnnualRevenue LIKE '5%'", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator")]
    [InlineData("SELECT Name FROM Account WHERE Name INCLUDES ('5')", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator")]
    [InlineData("SELECT Name FROM Account WHERE IsPartner > false", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator")]
    [InlineData("SELECT Name FROM Account WHERE Name IN (SELECT AccountId FROM Contact)", "INVALID_QUERY_FILTER_OPERATOR", "Semi join sub-selects")]
    [InlineData("SELECT Name FROM Account WHERE AnnualRevenue > USD5", "INVALID_FIELD", "must be of type double")]
    [InlineData("SELECT Name FROM Account WHERE COUNT(Id) > 5", "MALFORMED_QUERY", "COUNT")]
    [InlineData("SELECT FIELDS(ALL) FROM Account", "MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200")]
    [InlineData("SELECT FIELDS(ALL) FROM Account LIMIT 201", "MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200")]
    [InlineData("SELECT Id, Id FROM Account", "MALFORMED_QUERY", "duplicate field selected: Id")]
    [InlineData("SELECT Who.Account.Name FROM Task", "INVALID_FIELD", "Didn't understand relationship 'Account' in field path.")]
    [InlineData("SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account", "MALFORMED_QUERY", "5 levels")]
    public void A_statement_that_asks_the_impossible_is_refused(string text, string code, string message)
    {
        var fault = Org.Refuse(text);

        fault.ErrorCode.ShouldBe(code);
        fault.Message.ShouldContain(message);
    }

    [Fact]
    public void A_hidden_field_is_refused_in_the_words_of_one_that_never_was()
    {
        var org = SoqlOrg.Sample();
        org["Account"].Hidden.Add("AnnualRevenue");

        foreach (var shape in new[] { "SELECT {0} FROM Account", "SELECT Id FROM Account WHERE {0} > 5", "SELECT Id FROM Account ORDER BY {0}", "SELECT SUM({0}) FROM Account", "SELECT Account.{0} FROM Contact" })
        {
            var hidden = org.Refuse(shape.Replace("{0}", "AnnualRevenue", StringComparison.Ordinal));
            var unknown = org.Refuse(shape.Replace("{0}", "AnnualRevenux", StringComparison.Ordinal));

            hidden.ErrorCode.ShouldBe("INVALID_FIELD");
            hidden.Message.Replace("AnnualRevenue", "AnnualRevenux", StringComparison.Ordinal).ShouldBe(unknown.Message);
        }
    }
}
