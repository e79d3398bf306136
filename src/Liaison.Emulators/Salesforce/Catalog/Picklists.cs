namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>Picklists that several objects share.</summary>
internal static class Picklists
{
    private static readonly Dictionary<string, string> Shared = new(StringComparer.Ordinal)
    {
        ["GeocodeAccuracy"] = "Address,NearAddress,Block,Street,ExtendedZip,Zip,Neighborhood,City,County,State,Unknown",
        ["Industry"] = "Agriculture,Apparel,Banking,Biotechnology,Chemicals,Communications,Construction,Consulting,Education,Electronics,Energy,Engineering,"
            + "Entertainment,Environmental,Finance,Food & Beverage,Government,Healthcare,Hospitality,Insurance,Machinery,Manufacturing,Media,Not For Profit,"
            + "Recreation,Retail,Shipping,Technology,Telecommunications,Transportation,Utilities,Other",
        ["LeadSource"] = "Web,Phone Inquiry,Partner Referral,Purchased List,Other",
        ["Rating"] = "Hot,Warm,Cold",
        ["CleanStatus"] = "Matched:In Sync,Different,Acknowledged:Reviewed,NotFound:Not Found,Inactive,Pending:Not Compared,SelectMatch:Select Match,Skipped",
        ["Salutation"] = "Mr.,Ms.,Mrs.,Dr.,Prof.,Mx.",
        ["ForecastCategory"] = "Omitted,Pipeline,BestCase:Best Case,MostLikely:Most Likely,Forecast:Commit,Closed",
    };

    public static string Named(string name) => Shared[name];
}
