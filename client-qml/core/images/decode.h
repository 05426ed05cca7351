#pragma once
// Decoding pictures that anybody may have sent: by what the bytes are and not by what they are
// called, within bounds that are checked before a pixel is made. Pure; any thread.

#include <QByteArray>
#include <QImage>

namespace guildhall::client {

/// A photo of 64 megapixels is about 20 MB; decoded it takes 256 MB, one at a time.
inline constexpr qint64 kImageBytesMax = 20 << 20;
inline constexpr int kImageSideMax = 16'384;
inline constexpr qint64 kImagePixelsMax = 64 << 20;

/// "png", "jpeg", "gif", "webp"; empty: nothing that is decoded.
QByteArray image_format(const QByteArray& bytes);

/// Whether it is one of these and its size, as its header claims, is within the bounds.
bool is_fit_image(const QByteArray& bytes);

/// The first frame, fitted into `box` where that has sides (0: any) and never enlarged. `round`
/// above 0: cut to a square of `box`'s shorter side, with corners of that share of it. Null: it
/// is none, or too large.
QImage decode_image(const QByteArray& bytes, QSize box, double round);

}  // namespace guildhall::client
