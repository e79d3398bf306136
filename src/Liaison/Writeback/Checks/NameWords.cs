using System.Collections.Frozen;
using Liaison.Normalization;

namespace Liaison.Writeback.Checks;

/// <summary>Words that are written large and name nobody, and words that belong to names without being them; folded.</summary>
internal static class NameWords
{
    private static readonly FrozenSet<string> Ordinary = SetOf("""
        a about after again all also although an and any are as asked at based be because before best both but by call called can confirmed
        contact could current currently dear despite did do does due during each every first follow for from given had has have he hello her
        hi his how however i if in is it its key last let look many may meanwhile more most my new next no not note now of on once one open
        our overall per please probably recently regarding see she should since so some still strong such talk than thank thanks that the
        their then there these they this those though thus to two unless until up very visited was we were what when where whether which
        while who why will with would yes yesterday today tomorrow you your
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november
        december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar mai juni juli oktober dezember
        q1 q2 q3 q4 fy h1 h2 am pm utc gmt cet
        account accounts action active activity admin ai analyst api app asset associate b2b b2c board budget business buyer buying campaign
        case ceo cfo chief cio ciso client close closed cmo coo company confidence content contract conversion cost crm cro cto customer customers data
        deal decision demo department developer digital director discovery download e-mail email emails employees engagement engineer engineering
        enterprise erp event evidence executive finance fit form founder free gdpr global go growth head high hr icp inbound industry intent
        international investor it job junior kpi lead leader leads legal level low maker management manager market marketing medium meeting
        message mql mr mrs ms need needs newsletter notes number officer operations opportunity outbound owner page pages partner phone pipeline plan
        playbook playbooks potential pricing priority procurement product profile project purchase qualification qualified quarter rationale
        reason recommendation recommended renewal reply report representative request research revenue revops risk roi role saas sales score
        sdr security segment senior service services signal signals size software solution solutions source sql stage start status step steps
        strategy success summary support target task team technical technology timeline title trial unknown use user usd eur gbp value vendor
        verdict vice president vp web webinar website week weekly year
        herr frau sehr geehrte geehrter der die das den dem des ein eine und oder mit von für ist hat wir sie er es im am zum zur nach bei aus
        """);

    private static readonly FrozenSet<string> Particles = SetOf("af al bin da de del della den der di do dos du el la las le los ter van vom von y zu zur");

    private static readonly FrozenSet<string> Shortened = SetOf("dr prof st mr mrs ms dipl ing co inc ltd corp jr sr");

    public static bool IsOrdinary(string folded) => Ordinary.Contains(folded) && !Particles.Contains(folded);

    public static bool IsParticle(string folded) => Particles.Contains(folded);

    public static bool IsLegalForm(string folded) => CompanyNames.IsLegalForm(folded);

    /// <summary>Whether the word stands before names and is none.</summary>
    public static bool IsTitle(string folded) => folded is "dr" or "prof" or "dipl" or "ing" or "mr" or "mrs" or "ms";

    /// <summary>Whether a point behind the word shortens it and ends no sentence.</summary>
    public static bool IsShortened(string folded) => folded.Length == 1 || Shortened.Contains(folded);

    private static FrozenSet<string> SetOf(string words) => words
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.Ordinal);
}
