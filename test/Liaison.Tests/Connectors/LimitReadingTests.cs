using Liaison.Connectors;

namespace Liaison.Tests.Connectors;

public sealed class LimitReadingTests
{
    private static readonly LimitHeader[] Declared =
    [
        new("X-Max", LimitKind.Burst, LimitHeaderMeaning.Permits),
        new("X-Remaining", LimitKind.Burst, LimitHeaderMeaning.Remaining),
        new("X-Window", LimitKind.Burst, LimitHeaderMeaning.WindowMilliseconds),
        new("Sforce-Limit-Info", LimitKind.Daily, LimitHeaderMeaning.SpentOfPermits),
    ];

    [Fact]
    public void Headers_of_one_limit_are_read_together() =>
        Read(("X-Max", "190"), ("X-Remaining", "1,4"), ("X-Window", "10000"))
            .ShouldBe([new LimitReading(LimitKind.Burst) { Permits = 190, Remaining = 14, Window = TimeSpan.FromSeconds(10) }]);

    [Theory]
    [InlineData("api-usage=18/5000")]
    [InlineData("api-usage=18/5000; per-app-api-usage=17/250(appName=x)")]
    public void Spent_and_permits_in_one_header_are_told_apart(string value) =>
        Read(("Sforce-Limit-Info", value))
            .ShouldBe([new LimitReading(LimitKind.Daily) { Permits = 5000, Remaining = 4982 }]);

    [Theory]
    [InlineData("X-Max", "many")]
    [InlineData("X-Max", "-1")]
    [InlineData("X-Max", "99999999999999")]
    [InlineData("Sforce-Limit-Info", "api-usage=18")]
    [InlineData("X-Other", "5")]
    public void What_cannot_be_read_is_as_good_as_absent(string name, string value) => Read((name, value)).ShouldBeEmpty();

    private static IReadOnlyList<LimitReading> Read(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return LimitReading.Read(Declared, response.Headers);
    }
}
