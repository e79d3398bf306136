using Liaison.Emulators.World;

namespace Liaison.House.Tests.Canaries;

/// <summary>Words that stand in records and nowhere else: where one is met, a record value has leaked.</summary>
internal static class Canary
{
    public const string Word = "zqcanary";
    public const string Phone = "+495550199273164";
    public const string Token = "pat-demo";

    private static readonly string[] Told = [Word, Phone[3..], Token, "user-manager-demo", "user-rep-north-demo", "user-rep-south-demo", "user-none-demo"];

    /// <summary>Lists the canaries in a text, each with what stands around it.</summary>
    public static IEnumerable<string> In(string text) => Told
        .Select(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase))
        .Where(place => place >= 0)
        .Select(place => text[Math.Max(0, place - 160)..Math.Min(text.Length, place + 40)]);

    /// <summary>Puts canaries into everything that people type about people.</summary>
    public static CrmWorld PlantIn(CrmWorld world) => world with
    {
        Companies = [.. world.Companies.Select(company => company with
        {
            Name = $"Zqcanary Works {company.Key}",
            Domain = $"zqcanary{company.Key}.test",
            Description = "Makes zqcanary cages.",
            City = "Zqcanary City",
            Phone = Phone,
        })],
        People = [.. world.People.Select(person => person with
        {
            FirstName = $"Zqcanary{person.Key}",
            LastName = "Zqcanaryson",
            Email = $"person{person.Key}@zqcanary{person.CompanyKey}.test",
            Phone = Phone,
            MobilePhone = Phone,
            JobTitle = $"{person.JobTitle} Zqcanary",
            City = "Zqcanary City",
        })],
        Deals = [.. world.Deals.Select(deal => deal with { Name = $"Zqcanary deal {deal.Key}" })],
        Activities = [.. world.Activities.Select(activity => activity with { Subject = "Zqcanary", Html = "<p>Call zqcanary.</p>" })],
    };
}
