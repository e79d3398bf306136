using System.Reflection;
using System.Runtime.CompilerServices;
using Liaison.Failures;

namespace Liaison.House.Tests.Families;

/// <summary>Every kind of failure has its answer wherever kinds are told apart; a new kind must not meet a hole at run time.</summary>
public sealed class FailureKindTests
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly IReadOnlyList<MethodInfo> Maps =
        [.. OurAssemblies.Names.Select(OurAssemblies.Load).SelectMany(assembly => assembly.GetTypes()).SelectMany(MapsOf)];

    public static TheoryData<string> MapNames => [.. Maps.Select(NameOf)];

    [Theory]
    [MemberData(nameof(MapNames))]
    public void A_map_answers_every_kind(string name) => Unmapped(Maps.First(map => NameOf(map) == name)).ShouldBeEmpty();

    [Fact]
    public void The_entry_points_and_the_ends_of_items_are_among_the_maps() => Maps.Select(NameOf).Intersect(
        ["Liaison.Cli.Output.ExitCode.Of", "Liaison.Server.Rest.Problems.ProblemKind.Of", "Liaison.Pipelines.ItemEnd.Of"]).Count().ShouldBe(3);

    [Fact]
    public void A_kind_without_an_answer_is_named() =>
        Unmapped(MapsOf(typeof(ForgetsDrift)).Single()).ShouldBe([nameof(FailureKind.Drifted)]);

    private static IReadOnlyList<string> Unmapped(MethodInfo map) =>
        [.. Enum.GetValues<FailureKind>().Where(kind => !Answers(map, kind)).Select(kind => kind.ToString())];

    private static bool Answers(MethodInfo map, FailureKind kind)
    {
        try
        {
            map.Invoke(null, [kind]);
            return true;
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is SwitchExpressionException)
        {
            return false;
        }
    }

    private static IEnumerable<MethodInfo> MapsOf(Type type) => type.GetMethods(Static).Where(method =>
        !method.ContainsGenericParameters && method.GetParameters() is [{ ParameterType: var only }] && only == typeof(FailureKind));

    private static string NameOf(MethodInfo map) => $"{map.DeclaringType!.FullName}.{map.Name}";

    /// <summary>Deliberately wrong, as code would be that was compiled before a kind was added.</summary>
    private static class ForgetsDrift
    {
        public static string Of(FailureKind kind) => kind == FailureKind.Drifted ? throw new SwitchExpressionException(kind) : "known";
    }
}
