using System.Text;
using Liaison.Emulators.World.Loading;

namespace Liaison.Emulators.Tests.World.Loading;

/// <summary>A CSV file and its map in a folder of their own for the length of a test.</summary>
internal sealed class LoadedFile : IDisposable
{
    public const string PlainMap = "person:\n  first_name: Name\n  email: Mail\nproperties:\n  score:\n    column: Score\n    type: number\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liaison-load-");

    public string CsvPath => Path.Combine(_folder.FullName, "people.csv");

    public string MapPath => Path.Combine(_folder.FullName, "map.yaml");

    public static CsvLoad Load(string csv, string map = PlainMap) => Load(Encoding.UTF8.GetBytes(csv), map);

    public static CsvLoad Load(byte[] csv, string map = PlainMap)
    {
        using var file = new LoadedFile();
        File.WriteAllBytes(file.CsvPath, csv);
        File.WriteAllText(file.MapPath, map);

        return CsvContacts.Load(file.CsvPath, file.MapPath, Worlds.Now);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
