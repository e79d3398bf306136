using System.Text.Json;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Pipelines.Scorecards;

namespace Liaison.Tests.Pipelines.Scorecards;

public sealed class ScorecardTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(25, 25)]
    [InlineData(100, 100)]
    [InlineData(500, 100)]
    public void A_scale_gives_a_share_of_the_points(int views, int score)
    {
        var card = ACard.With("engagement.page_views", new MatchOptions { Scale = new() { From = 0, To = 100 } });

        Score(card, "page_views", new FieldValue.Number(views)).Score.ShouldBe(score);
    }

    [Fact]
    public void A_logarithmic_scale_grows_fast_at_first()
    {
        var card = ACard.With("engagement.page_views", new MatchOptions { Scale = new() { From = 0, To = 63, By = ScaleCurve.Log } });

        Score(card, "page_views", new FieldValue.Number(7)).Score.ShouldBe(50);
    }

    [Fact]
    public void Named_scores_are_combined_by_weight_and_shown_with_their_parts()
    {
        var options = new ScorecardOptions
        {
            Name = "card",
            Scores = [new() { Name = "fit", Weight = 7 }, new() { Name = "engagement", Weight = 3, Field = "engagement_score" }],
            Criteria =
            [
                new() { Name = "title", Score = "fit", Field = "person.job_title", Points = 40, Match = [new() { ContainsAnyOf = ["vp"] }] },
                new() { Name = "views", Score = "engagement", Field = "engagement.page_views", Points = 20, Match = [new() { Scale = new() { From = 0, To = 100 } }] },
            ],
        };
        Scorecard.Create(options).TryGet(out var card, out _).ShouldBeTrue();

        var made = card!.Score(APacket.Of(new() { ["job_title"] = new FieldValue.Text("VP Sales"), ["page_views"] = new FieldValue.Number(41) }, null, card.Profile), APacket.Now);

        made.Score.ShouldBe(82);
        made.Scores.Select(score => (score.Name, score.Score, score.Weight, score.Field)).ShouldBe([("fit", 100, 0.7m, null), ("engagement", 41, 0.3m, "engagement_score")]);
        made.Scores[1].Components.ShouldHaveSingleItem().Criterion.ShouldBe("views");
        made.Rationale.ShouldStartWith("Scores 82 of 100 (fit 100 × 0.7, engagement 41 × 0.3): ");
        card.ScoreFields.ShouldBe(["engagement_score"]);
    }

    [Fact]
    public void Named_scores_that_cannot_be_told_apart_are_refused_with_every_fault()
    {
        var options = new ScorecardOptions
        {
            Name = "card",
            Base = 5,
            Scores = [new() { Name = "fit", Weight = 0 }, new() { Name = "fit" }],
            Criteria = [new() { Name = "title", Score = "other", Field = "person.job_title", Points = 40, Match = [new() { HasValue = true }] }],
        };

        var faults = string.Join("\n", ScorecardOptionsValidator.Faults(options));

        foreach (var fault in new[] { "a name of its own", "weight is not above 0", "no criterion gives points to it", "base is not 0", "score must be one of fit, fit" })
        {
            faults.ShouldContain(fault);
        }
    }

    [Fact]
    public void A_scale_may_fall()
    {
        var card = ACard.With("engagement.page_views", new MatchOptions { Scale = new() { From = 100, To = 0 } });

        Score(card, "page_views", new FieldValue.Number(25)).Score.ShouldBe(75);
    }

    [Theory]
    [InlineData("VP of Sales", true)]
    [InlineData("vp, engineering", true)]
    [InlineData("Vertriebsleiterin", true)]
    [InlineData("GESCHÄFTSFÜHRER", true)]
    [InlineData("営業部長", true)]
    [InlineData("Ｖ Ｐ", false)]
    [InlineData("MVP coach", false)]
    [InlineData("Conductor", false)]
    public void Words_are_found_whole_whatever_case_and_accents(string title, bool fits)
    {
        var card = ACard.With("person.job_title", new MatchOptions { ContainsAnyOf = ["vp", "cto", "*leiterin", "geschaftsfuhrer", "部長"] });

        Score(card, "job_title", new FieldValue.Text(title)).Score.ShouldBe(fits ? 100 : 0);
    }

    [Theory]
    [InlineData("DE", true)]
    [InlineData("deutschland", true)]
    [InlineData("Federal Republic of Germany", true)]
    [InlineData("Österreich", true)]
    [InlineData("France", false)]
    public void A_country_fits_however_it_is_typed(string country, bool fits)
    {
        var card = ACard.With("person.country", new MatchOptions { CountryIn = ["Germany", "AT"] });

        Score(card, "country", new FieldValue.Text(country)).Score.ShouldBe(fits ? 100 : 0);
    }

    [Theory]
    [InlineData("jo@gmail.com", true)]
    [InlineData("jo@yahoo.co.uk", true)]
    [InlineData("Jo <jo@web.de>", true)]
    [InlineData("jo@live.acme.com", false)]
    [InlineData("jo@acme.com", false)]
    public void Free_mail_is_told_from_company_mail(string address, bool free)
    {
        var card = ACard.With("person.email", new MatchOptions { IsFreeMail = true });

        Score(card, "email", new FieldValue.Text(address)).Score.ShouldBe(free ? 100 : 0);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [InlineData(-1, false)]
    public void A_day_counts_when_it_is_recent_and_not_ahead(int daysAgo, bool fits)
    {
        var card = ACard.With("engagement.last_activity", new MatchOptions { WithinDays = 30 });

        Score(card, "last_activity", new FieldValue.Instant(APacket.Now.AddDays(-daysAgo))).Score.ShouldBe(fits ? 100 : 0);
    }

    [Fact]
    public void A_choice_fits_by_value_or_label()
    {
        var card = ACard.With("relationship.source", new MatchOptions { IsAnyOf = ["Organic search"] });

        Score(card, "source", new FieldValue.Option("ORGANIC_SEARCH", "Other")).Score.ShouldBe(100);
        Score(card, "source", new FieldValue.Option("X", "Organic Search")).Score.ShouldBe(100);
        Score(card, "source", new FieldValue.Option("X", "Y")).Score.ShouldBe(0);
    }

    [Fact]
    public void The_first_case_that_fits_gives_the_points()
    {
        var card = ACard.With(
            "company.employees", new MatchOptions { AtLeast = 100, Points = 50 }, new MatchOptions { AtLeast = 10, AtMost = 1000 });

        ScoreOf(card, [], new() { ["employees"] = new FieldValue.Number(500) }).Score.ShouldBe(50);
        ScoreOf(card, [], new() { ["employees"] = new FieldValue.Number(50) }).Score.ShouldBe(100);
        ScoreOf(card, [], new() { ["employees"] = new FieldValue.Number(5) }).Score.ShouldBe(0);
    }

    [Fact]
    public void What_is_not_known_is_listed_and_lowers_the_confidence()
    {
        var card = ACard.Of(
            ACard.Criterion("title", "person.job_title", 50, new MatchOptions { ContainsAnyOf = ["ceo"] }),
            ACard.Criterion("size", "company.employees", 50, new MatchOptions { AtLeast = 1 }));

        var qualification = ScoreOf(card, new() { ["job_title"] = new FieldValue.Text("CEO") }, null);

        qualification.Score.ShouldBe(50);
        qualification.Confidence.ShouldBe(0.5m);
        qualification.Components[1].Known.ShouldBeFalse();
        qualification.Rationale.ShouldBe("Scores 50 of 100: job title \"CEO\" contains \"ceo\" +50; unknown: size; confidence 50 %.");
    }

    [Fact]
    public void Emptiness_is_unknown_unless_the_scorecard_says_what_it_gives()
    {
        var match = new MatchOptions { IsTrue = true };
        var silent = ACard.Of(ACard.Criterion("x", "relationship.opted_out", 100, match));
        var telling = ACard.Of(ACard.Criterion("x", "relationship.opted_out", 100, match, missing: "40"));

        Score(silent, "opted_out", FieldValue.Empty).Confidence.ShouldBe(0);
        Score(telling, "opted_out", FieldValue.Empty).ShouldSatisfyAllConditions(
            found => found.Score.ShouldBe(40), found => found.Confidence.ShouldBe(1));
        ScoreOf(telling, [], null).Confidence.ShouldBe(0);
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_unknown_and_never_thrown()
    {
        MatchOptions[] tests =
        [
            new() { IsAnyOf = ["x"] }, new() { ContainsAnyOf = ["x"] }, new() { AtLeast = 1 }, new() { Scale = new() { To = 1 } }, new() { IsTrue = true },
            new() { HasValue = true }, new() { CountryIn = ["DE"] }, new() { IsFreeMail = true }, new() { WithinDays = 1 },
        ];
        FieldValue[] values =
        [
            FieldValue.Empty, new FieldValue.Text("?"), new FieldValue.RichText("<p>?"), new FieldValue.Number(0), new FieldValue.Flag(false), new FieldValue.Date(default),
            new FieldValue.Instant(default), new FieldValue.TimeOfDay(default), new FieldValue.Option("a", "a"), new FieldValue.OptionList([new("a", "a")]),
            new FieldValue.Money(0, "EUR"), new FieldValue.Reference(RecordType.Deal, "1"), new FieldValue.Unreadable("x", "y"),
        ];

        foreach (var test in tests)
        {
            foreach (var value in values)
            {
                Score(ACard.With("person.job_title", test), "job_title", value).Score.ShouldBeInRange(0, 100);
            }
        }
    }

    [Fact]
    public void What_speaks_against_lowers_the_score_and_never_below_nothing()
    {
        var card = ACard.Of(
            ACard.Criterion("title", "person.job_title", 50, new MatchOptions { HasValue = true }),
            ACard.Criterion("refused", "relationship.opted_out", -80, new MatchOptions { IsTrue = true, Label = "has refused e-mail" }));

        var qualification = ScoreOf(card, new() { ["job_title"] = new FieldValue.Text("CEO"), ["opted_out"] = new FieldValue.Flag(true) }, null);

        qualification.Score.ShouldBe(0);
        qualification.Rationale.ShouldContain("against: opted out (has refused e-mail) -80");
    }

    [Fact]
    public void The_first_playbook_that_fits_is_recommended()
    {
        var card = ACard.Of(
            [
                new() { Name = "call", MinScore = 60 },
                new() { Name = "refuse", Matched = ["refused"] },
                new() { Name = "nurture" },
            ],
            ACard.Criterion("title", "person.job_title", 50, new MatchOptions { ContainsAnyOf = ["ceo"] }),
            ACard.Criterion("refused", "relationship.opted_out", -10, new MatchOptions { IsTrue = true }));

        Score(card, "job_title", new FieldValue.Text("CEO")).Playbook.ShouldBe("call");
        Score(card, "opted_out", new FieldValue.Flag(true)).Playbook.ShouldBe("refuse");
        ScoreOf(card, [], null).Playbook.ShouldBe("nurture");
    }

    [Fact]
    public void Hostile_words_stand_in_a_rationale_as_plain_text_and_never_make_it_long()
    {
        var hostile = JsonSerializer.Deserialize<string[]>(File.ReadAllText(SharedData.Path("naughty-strings/blns.json")))!;
        string[] quoted = ["person.job_title", "person.city", "person.state", "company.name", "company.domain", "relationship.source", "relationship.lead_status"];
        var card = ACard.Of(
            [.. quoted.Select((field, index) => ACard.Criterion("criterion " + index, field, 10, new MatchOptions { HasValue = true }))]);

        foreach (var text in hostile.Append(new string('W', 5_000)))
        {
            var value = new FieldValue.Text(text);
            var rationale = ScoreOf(
                card,
                new() { ["job_title"] = value, ["city"] = value, ["state"] = value, ["source"] = value, ["lead_status"] = value },
                new() { ["name"] = value, ["domain"] = value }).Rationale;

            rationale.Length.ShouldBeLessThanOrEqualTo(500);
            rationale.ShouldNotContain('<');
            rationale.ShouldAllBe(letter => !char.IsControl(letter) && char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.Format);
        }
    }

    [Fact]
    public void A_wrong_scorecard_is_refused_with_every_fault_that_it_has()
    {
        var options = new ScorecardOptions
        {
            Base = -1,
            Criteria =
            [
                new() { Name = "a", Field = "job_title", Points = 10, Match = [new() { AtLeast = 5, AtMost = 1 }] },
                new() { Name = "a", Field = "person.x", Points = 0, Missing = "lots", Match = [new() { IsTrue = true, HasValue = true, Points = 3 }] },
                new() { Name = "b", Field = "nowhere.x", Points = 5, Match = [new() { CountryIn = ["Atlantis"] }, new() { WithinDays = 0 }, new() { ContainsAnyOf = ["*"] }] },
            ],
            Playbooks = [new() { Name = "all" }, new() { Name = "", MinScore = 101, Matched = ["c"] }],
        };

        var faults = ScorecardOptionsValidator.Faults(options);

        faults.Count.ShouldBe(17, string.Join('\n', faults));
        Scorecard.Create(options).Failure!.Kind.ShouldBe(FailureKind.Invalid);
    }

    [Fact]
    public void An_unknown_scorecard_is_refused_with_those_that_there_are()
    {
        var catalogue = new ScorecardCatalogue([ACard.With("person.job_title", new MatchOptions { HasValue = true })]);

        catalogue.Find("CARD").Failure.ShouldBeNull();
        catalogue.Find("x").Failure!.Message.ShouldBe("There is no scorecard \"x\"; configured are: card.");
    }

    private static Qualification Score(Scorecard card, string field, FieldValue value) => ScoreOf(card, new() { [field] = value }, null);

    private static Qualification ScoreOf(Scorecard card, Dictionary<string, FieldValue> contact, Dictionary<string, FieldValue>? company) =>
        card.Score(APacket.Of(contact, company, card.Profile), APacket.Now);
}
