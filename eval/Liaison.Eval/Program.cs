using System.Globalization;
using Liaison.Eval;

// Scores real leads and asks whether those who bought were ranked first. Exit 1 below the least that is claimed.
var data = Upward.Find("shared/data/leads-x-education/lead_scoring.csv");
var sample = Upward.Find("samples/leads-x-education/scorecard.yaml");
if (data is null || sample is null)
{
    Console.WriteLine("Skipped: shared/data/leads-x-education/lead_scoring.csv is not at hand.");
    return 0;
}

if (!ScorecardFile.Read(sample).TryGet(out var scorecard, out var failure))
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

var report = LeadEvaluation.Run(LeadTable.Read(data), scorecard);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"leads                         {report.Leads}, of whom {report.Converted} bought"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scorecard.Name} scorecard   AUC {report.Score:F3}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"baseline: time on site alone  AUC {report.TimeOnSite:F3}"));
Console.WriteLine("baseline: additive rule       AUC 0.801 (published with the data)");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bought among the top tenth    {report.TopTenth:P1}, among all {report.Converted / (double)report.Leads:P1}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"least that is claimed         AUC {LeadEvaluation.Claimed:F2}"));
return report.Score >= LeadEvaluation.Claimed ? 0 : 1;
