namespace Liaison.House.Tests.Samples.Homeless;

internal static class Stray
{
    public static string Name => string.Empty;
}
