using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>A file as it was uploaded.</summary>
/// <param name="Name">Its name, with or without folder, prefix and extension.</param>
/// <param name="Content">Its bytes: UTF-8, or GBK as spreadsheets in China save it.</param>
public sealed record UploadedFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>Its text; null when it is none.</summary>
    internal string? Text() => TextFile.Decode(Content.Span);
}
