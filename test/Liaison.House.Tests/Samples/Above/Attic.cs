namespace Liaison.House.Tests.Samples.Above;

internal sealed class Attic
{
    public static int Height => 2;
}
