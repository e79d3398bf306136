using Liaison.Eval;
using Liaison.Model;
using Liaison.Pipelines.Scorecards;

namespace Liaison.Tests.Pipelines.Scorecards;

public sealed class SampleScorecardTests
{
    [Theory]
    [InlineData("Chief Executive Officer", 25)]
    [InlineData("Geschäftsführerin", 25)]
    [InlineData("Directrice générale", 25)]
    [InlineData("Prezes Zarządu", 25)]
    [InlineData("代表取締役社長", 25)]
    [InlineData("Genel Müdür", 25)]
    [InlineData("VP, Engineering", 20)]
    [InlineData("Leiter Vertrieb", 20)]
    [InlineData("Försäljningschef", 20)]
    [InlineData("Directora de Operaciones", 20)]
    [InlineData("営業部長", 20)]
    [InlineData("Projektleiter", 11)]
    [InlineData("Chef de projet", 11)]
    [InlineData("Marketing Manager (m/w/d)", 11)]
    [InlineData("課長", 11)]
    [InlineData("Software Engineer", 5)]
    [InlineData("Buchhalterin", 5)]
    [InlineData("Executive Assistant", 2)]
    [InlineData("Assistenz der Geschäftsführung", 2)]
    [InlineData("Directiesecretaresse", 2)]
    public void The_default_scorecard_reads_seniority_in_several_languages(string title, int points)
    {
        var qualification = Read("samples/scorecards/b2b-default.yaml").Score(APacket.Of(new() { ["job_title"] = new FieldValue.Text(title) }, null), APacket.Now);

        qualification.Components.Single(component => component.Criterion == "seniority").Points.ShouldBe(points);
    }

    [Fact]
    public void The_default_scorecard_ranks_a_good_fit_far_above_a_bad_one()
    {
        var card = Read("samples/scorecards/b2b-default.yaml");

        var good = card.Score(
            APacket.Of(
                new()
                {
                    ["job_title"] = new FieldValue.Text("VP of Sales"), ["email"] = new FieldValue.Text("jo@nordwind.example"), ["country"] = new FieldValue.Text("Deutschland"),
                    ["page_views"] = new FieldValue.Number(40), ["visits"] = new FieldValue.Number(8), ["emails_opened"] = new FieldValue.Number(5),
                    ["last_activity"] = new FieldValue.Instant(APacket.Now.AddDays(-3)), ["opted_out"] = new FieldValue.Flag(false),
                },
                new()
                {
                    ["employees"] = new FieldValue.Number(450), ["industry"] = new FieldValue.Option("COMPUTER_SOFTWARE", "Computer Software"),
                    ["annual_revenue"] = new FieldValue.Money(60_000_000, "EUR"),
                }),
            APacket.Now);
        var bad = card.Score(
            APacket.Of(new() { ["job_title"] = new FieldValue.Text("Intern"), ["email"] = new FieldValue.Text("x@gmail.com"), ["opted_out"] = new FieldValue.Flag(true) }, null),
            APacket.Now);

        good.Score.ShouldBeGreaterThan(80);
        good.Playbook.ShouldBe("account_plan");
        good.Confidence.ShouldBe(1);
        good.Rationale.ShouldContain("VP of Sales");
        bad.Score.ShouldBe(0);
        bad.Playbook.ShouldBe("disqualify");
        bad.Rationale.ShouldNotContain("gmail");
    }

    [Fact]
    public void Real_leads_who_bought_are_ranked_first_three_times_in_four()
    {
        var leads = LeadTable.Read(SharedData.Path("leads-x-education/lead_scoring.csv"));

        var report = LeadEvaluation.Run(leads, Read("samples/leads-x-education/scorecard.yaml"));

        report.Leads.ShouldBe(9_240);
        report.Converted.ShouldBe(3_561);
        report.TimeOnSite.ShouldBe(0.651, 0.001);
        report.Score.ShouldBeGreaterThanOrEqualTo(LeadEvaluation.Claimed);
    }

    [Fact]
    public void The_area_under_the_curve_counts_ties_by_half()
    {
        LeadEvaluation.AreaUnderCurve([1, 1, 2], [false, true, true]).ShouldBe(0.75);
    }

    private static Scorecard Read(string path)
    {
        ScorecardFile.Read(Upward.Find(path)!).TryGet(out var card, out var failure).ShouldBeTrue(failure?.Message);
        return card!;
    }
}
