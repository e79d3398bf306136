namespace Liaison.Emulators.Tests.HubSpot;

/// <summary>What an administrator's rule lets through and what not; only writes from 2026-09 on are held to it.</summary>
public sealed class CustomerRuleTests
{
    [Theory]
    [InlineData("MIN_LENGTH", "3", "jobtitle", "CEO", "X")]
    [InlineData("MAX_LENGTH", "3", "jobtitle", "CEO", "Chief")]
    [InlineData("ALPHANUMERIC", null, "jobtitle", "CEO2", "C-E-O")]
    [InlineData("SPECIAL_CHARACTERS", null, "jobtitle", "Head of Sales", "Head/Sales")]
    [InlineData("WHITESPACE", null, "jobtitle", "CEO", "C E O")]
    [InlineData("REGEX", "^[A-Z]+$", "jobtitle", "CEO", "ceo")]
    [InlineData("EMAIL", null, "jobtitle", "ada@acme.test", "ada at acme")]
    [InlineData("EMAIL_ALLOWED_DOMAINS", "acme.test", "email", "ada@acme.test", "ada@other.test")]
    [InlineData("EMAIL_BLOCKED_DOMAINS", "acme.test", "email", "ada@other.test", "ada@acme.test")]
    [InlineData("DOMAIN", null, "jobtitle", "acme.test", "acme test")]
    [InlineData("URL", null, "website", "https://acme.test/a", "acme")]
    [InlineData("URL_ALLOWED_DOMAINS", "acme.test", "website", "https://www.acme.test/a", "https://notacme.test")]
    [InlineData("URL_BLOCKED_DOMAINS", "acme.test", "website", "https://notacme.test", "https://www.acme.test/a")]
    [InlineData("PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE", null, "phone", "+49 30 123456", "030 123456")]
    public async Task A_rule_holds_what_breaks_it(string rule, string? argument, string property, string good, string bad)
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids())[0];

        await portal.Put($"/crm/property-validations/2026-09/0-1/{property}/rule-type/{rule}", new { ruleArguments = argument is null ? A.List<string>() : A.List(argument) });

        (await WriteAsync(portal, "/crm/objects/2026-09", "contacts", id, property, good)).ShouldBe(200);
        (await WriteAsync(portal, "/crm/objects/2026-09", "contacts", id, property, bad)).ShouldBe(400);
        (await WriteAsync(portal, "/crm/v3/objects", "contacts", id, property, bad)).ShouldBe(200);
    }

    [Theory]
    [InlineData("MIN_NUMBER", "10", "amount", "10", "9.99")]
    [InlineData("MAX_NUMBER", "10", "amount", "10", "10.01")]
    [InlineData("DECIMAL", "2", "amount", "10.25", "10.255")]
    [InlineData("START_DATE", "2026-01-01", "closedate", "2026-01-01", "2025-12-31")]
    [InlineData("END_DATE", "2026-12-31", "closedate", "2026-12-31", "2027-01-01")]
    [InlineData("DAYS_OF_WEEK", "MONDAY", "closedate", "2026-11-30", "2026-11-29")]
    public async Task Numbers_and_days_are_held_too(string rule, string argument, string property, string good, string bad)
    {
        await using var portal = await Portal.StartAsync();
        var id = (await portal.Ids("deals"))[0];

        await portal.Put($"/crm/property-validations/2026-09/0-3/{property}/rule-type/{rule}", new { ruleArguments = A.List(argument) });

        (await WriteAsync(portal, "/crm/objects/2026-09", "deals", id, property, good)).ShouldBe(200);
        (await WriteAsync(portal, "/crm/objects/2026-09", "deals", id, property, bad)).ShouldBe(400);
    }

    private static async Task<int> WriteAsync(Portal portal, string objects, string type, string id, string property, string value) =>
        (await portal.Patch($"{objects}/{type}/{id}", new { properties = new Dictionary<string, string> { [property] = value } })).Status;
}
