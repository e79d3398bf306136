namespace Liaison.Emulators.World;

/// <summary>Draws employers so that few companies have many known people and most have a handful.</summary>
internal sealed class EmployerDraw
{
    // A plain Zipf head would put a tenth of all people into one company.
    private const int Flattening = 20;

    private readonly Employer[] _bySize;
    private readonly double[] _sums;

    public EmployerDraw(IEnumerable<Employer> employers)
    {
        _bySize = [.. employers.OrderByDescending(employer => employer.Size).ThenBy(employer => employer.Entry.Key)];
        _sums = new double[_bySize.Length];
        var sum = 0d;

        for (var rank = 0; rank < _sums.Length; rank++)
        {
            sum += 1d / (rank + Flattening);
            _sums[rank] = sum;
        }
    }

    public Employer? Pick(Dice dice)
    {
        if (_bySize.Length == 0)
        {
            return null;
        }

        var at = Array.BinarySearch(_sums, dice.Unit() * _sums[^1]);

        return _bySize[Math.Min(at < 0 ? ~at : at, _bySize.Length - 1)];
    }
}
