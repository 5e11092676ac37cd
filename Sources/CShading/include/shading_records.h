// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

// x86-64 level of this processor: 4, 3 or 1.
int shading_cpu_level(void);
// Flushes denormals to zero on this thread; give what it returns to `shading_restore_denormals`.
unsigned shading_flush_denormals(void);
void shading_restore_denormals(unsigned before);

enum {
    SHADING_SHAPE_TRIANGLES = 0,
    SHADING_SHAPE_PRIMITIVES = 1, // spheres, capsules, planes: one colour a primitive
};

// One geometry of an Embree scene, as its asset owns it. Null where there is none.
typedef struct shading_shape {
    uint32_t kind;
    // Divides a primitive's index before colours are looked up: a box is 12 triangles of one colour.
    uint32_t primitives_per_color;
    const uint32_t * _Nullable indices;    // 3 a triangle
    const float * _Nullable normals;       // 3 a corner
    const float * _Nullable coordinates;   // texture coordinates, 2 a corner
    const float * _Nullable corner_colors; // 4 a corner
    const float * _Nullable colors;        // 4 a primitive
    const float * _Nullable spheres;       // x, y, z, radius a primitive
} shading_shape;

typedef struct shading_texture {
    const uint8_t * _Nonnull texels; // RGBA, sRGB with straight alpha, rows from the top
    const float * _Nonnull linear;   // 256 entries: sRGB byte to linear
    int32_t width, height;
} shading_texture;

enum {
    SHADING_USES_COLORS = 1,
    SHADING_USES_TEXTURE = 2,
    SHADING_USES_TEXTURE_ALPHA = 4, // else the texture counts as opaque
};

// What a geometry looks like in one instance: the file's material with the instance's overrides worked in.
typedef struct shading_surface {
    uint32_t flags;
    float r, g, b, opacity;
    float specular_r, specular_g, specular_b; // normalised for the Blinn exponent
    float exponent;                           // Blinn
    float emission_r, emission_g, emission_b;
    float radiance_r, radiance_g, radiance_b; // of a luminous material; the interactive renderer leaves it dark
    float ghost;  // 1 where opacity falls off towards what is seen head-on
    float cutoff; // below it opacity is 0, above it 1; negative for none
    // What only the path tracer knows.
    float path_opacity; // a factor
    float by_color;     // 1 where paths pass the more often the darker the surface is, not by its opacity alone
    float base;         // share of the surface that is not metal
    float diffuse;      // how much of the base is diffuse, of a roughness after Oren and Nayar
    float sigma;
    float metal;        // share of the surface that is metal, of this roughness, coloured as the surface
    float roughness;
    float anisotropy;   // 0…1: how much longer highlights are one way than the other
    float rotation;     // of the long way, in radians around the normal
    float artistic;     // 1 where metal is of its colour head-on and of `edge` at its edges; else edges are white
    float edge_r, edge_g, edge_b;
    float gloss;        // weight of the base's clear boundary, of the metal's roughness and an index of its own
    float gloss_ior;
    float gloss_curve[4]; // see `GlossCurve`
    float flakes;       // share of the surface that flakes of aluminium make up
    float coat;         // share of a clear coat over all, a mirror of this index of refraction
    float ior;
    float absorbed_r, absorbed_g, absorbed_b; // by the coat: logarithms to the base 2 of what gets through
    float path_black;   // 1 where the surface reflects nothing
    float glass;        // 1 for a thin sheet of glass, whose index is `ior`; then nothing of the above holds
    const float * _Nullable colors; // 4 a primitive, in place of the shape's own
    const shading_texture * _Nullable texture;
} shading_surface;

typedef struct shading_instance {
    const shading_shape * _Nonnull shapes;
    const shading_surface * _Nonnull surfaces;
    // Rows of the inverse transposed linear part: takes normals to the world.
    float normal[9];
    float epsilon_scale;
    uint32_t is_identity;
} shading_instance;

enum {
    SHADING_LIGHT_DIRECTIONAL = 0,
    SHADING_LIGHT_POINT = 1,
    SHADING_LIGHT_SPHERE = 2,
    SHADING_LIGHT_QUAD = 3,
};

typedef struct shading_light {
    uint32_t kind;
    float radius;
    float area;
    float cosine;     // of half the angle that a directional light fills
    float r, g, b;    // irradiance, intensity or radiance, by kind
    float px, py, pz; // position; a quad's corner
    float dx, dy, dz; // towards a directional light; a quad's normal, away from the side that shines
    float e1x, e1y, e1z, e2x, e2y, e2z;
} shading_light;

enum {
    SHADING_CLIP_SPHERE = 0,
    SHADING_CLIP_CAPSULE = 1,
    SHADING_CLIP_BOX = 2,
    SHADING_CLIP_PLANE = 3,         // the half space where n·p < d
    SHADING_CLIP_BOUNDED_PLANE = 4, // what lies before a piece of a plane, as seen along a ray
};

// A shape that cuts, in coordinates of its own.
typedef struct shading_clip_shape {
    uint32_t kind;
    uint32_t is_placed; // `to_local` is not the identity
    float a[4];         // centre and radius; first end and radius; lower corner; plane
    float b[4];         // second end and radius; upper corner
    float low[3];       // box of a bounded plane
    float high[3];
    float to_local[12]; // from the world, column after column
} shading_clip_shape;

// Shapes that cut together: what lies in any of them is cut away, or what lies in none.
typedef struct shading_clipper {
    uint32_t first, count;
    uint32_t is_inverted;
} shading_clipper;

enum {
    SHADING_VOXEL_UINT8 = 0,
    SHADING_VOXEL_INT16 = 1,
    SHADING_VOXEL_UINT16 = 2,
    SHADING_VOXEL_FLOAT32 = 3,
    SHADING_VOLUME_CELL = 8,
};

// A grid of samples in the world, with the colours that it is drawn in.
typedef struct shading_volume {
    uint32_t kind;
    int32_t width, height, depth;
    const void * _Nonnull samples; // x fastest
    float to_grid[12];             // from the world to where sample i, j, k lies at i, j, k; column after column
    float low[3], high[3];         // the box that the volume fills, in the grid's coordinates
    const float * _Nonnull ramp;   // red, green, blue and opacity a unit of way
    int32_t ramp_count;
    float ramp_low, ramp_scale;    // from values to indices
    // For each block of SHADING_VOLUME_CELL samples a side whether any place in it has an opacity.
    const uint8_t * _Nonnull cells;
    int32_t cells_across, cells_down;
} shading_volume;

enum {
    SHADING_CAMERA_PERSPECTIVE = 0,
    SHADING_CAMERA_ORTHOGRAPHIC = 1,
    SHADING_CAMERA_CYLINDRIC = 2,
};

typedef struct shading_camera {
    uint32_t kind;
    float near_clip;
    float origin[3];  // orthographic: the picture's lower left corner
    float forward[3]; // perspective: towards the lower left corner; else the view's direction
    float across[3];  // the picture's width, or the unit vector to the right of a cylinder
    float up[3];      // the picture's height
    float region[4];  // start x, start y, end x, end y
    float aperture;   // lens radius in picture widths at the focus, 0 for a pinhole
    float focus;      // distance of the focus
    float aspect;
} shading_camera;

// Everything that one pass over a frame needs; read by all threads, written by none.
enum { SHADING_FILTER_CELLS = 15 };

typedef struct shading_frame {
    void * _Nonnull scene; // RTCScene
    const shading_instance * _Nonnull instances;
    uint32_t is_single;    // the scene is instance 0 itself, without a level above
    uint32_t is_opaque;    // nothing that light passes through
    uint32_t packet_width; // rays that Embree takes at once on this processor: 16, 8 or 4
    uint32_t path_traced;
    shading_camera camera;
    int32_t width, height;
    float inverse_width, inverse_height;

    int32_t sample_count; // of this pass
    int32_t first_sample; // number of the pass's first sample since the last reset
    int32_t color_samples; // that the coarse planes hold, for `render_guides`
    const float * _Nullable pixel_offsets; // 2 a sample, the same in all pixels; not for the path tracer
    // How a number 0…1 falls in the pixel filter: for each of SHADING_FILTER_CELLS where the cell's numbers end, and
    // slope and start of the places they fall to; only for the path tracer.
    const float * _Nullable pixel_filter;
    const float * _Nullable sobol;         // SHADING_SOBOL_DIMENSIONS a sample; only for the path tracer
    const float * _Nullable occlusion;     // 4 a sample and occlusion ray: cos, sin of the angle, r, z on the disk

    float background[4];
    uint32_t shadows;
    int32_t occlusion_rays;
    int32_t max_bounces;
    float ambient[3]; // radiance of ambient light times pi
    float min_contribution;
    const float * _Nullable metal_albedo; // of rough metal, see `AlbedoTable`; only for the path tracer
    const shading_light * _Nonnull lights;
    int32_t light_count;
    const shading_clip_shape * _Nonnull clip_shapes;
    const shading_clipper * _Nonnull clippers;
    int32_t clipper_count;
    const shading_volume * _Nonnull volumes;
    int32_t volume_count;

    float * _Nullable color; // sums, 4 a pixel
    float * _Nullable depth;
    float * _Nullable normal;
    float * _Nullable albedo;
    float * _Nullable deviation; // sums of squares about the mean so far of red, green, blue; 3 a pixel
    float * _Nullable fine_normal; // means, 3 a pixel; written by `render_guides` alone
    float * _Nullable fine_albedo;
} shading_frame;

typedef void (*shading_tile_function)(
    const shading_frame * _Nonnull frame, void * _Nonnull scratch, int32_t x0, int32_t y0, int32_t x1, int32_t y1);

// What is seen at one point of the picture.
typedef struct shading_pick {
    uint32_t is_hit;
    uint32_t instance, geometry, primitive;
    float x, y, z;
} shading_pick;

typedef shading_pick (*shading_pick_function)(
    const shading_frame * _Nonnull frame, void * _Nonnull scratch, float x, float y);

enum {
    // Numbers of a sample that fill their space evenly; those beyond are drawn by a generator.
    SHADING_SOBOL_DIMENSIONS = 64,
    // Cosines and roughnesses of the table of rough metal's albedo.
    SHADING_ALBEDO_SIDE = 32,
    // Columns and rows of the largest tile.
    SHADING_TILE_SIDE = 32,
    // Bytes of scratch memory a thread needs, aligned to 64.
    SHADING_SCRATCH_BYTES = 32768,
};

// One build of the kernels.
typedef struct shading_table {
    // Adds `sample_count` samples to all planes but the fine ones.
    shading_tile_function _Nonnull render_tile;
    // Adds `sample_count` samples to the fine planes where the coarse ones differ from pixel to pixel; the first pass,
    // whose first sample is the next after those of the colour, begins with the coarse planes' means.
    shading_tile_function _Nonnull render_guides;
    shading_pick_function _Nonnull pick;
} shading_table;
